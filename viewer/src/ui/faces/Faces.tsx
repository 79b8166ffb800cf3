import type { Atlas } from "../../app.ts";
import { Away } from "./Away.tsx";
import { Lost } from "./Lost.tsx";
import { NothingBright } from "./NothingBright.tsx";
import { Welcome } from "./Welcome.tsx";

/** What the map says of itself: at the first visit, and when something is amiss. One banner at a time. */
export function Faces({ atlas }: { atlas: Atlas }) {
  return (
    <>
      <Welcome atlas={atlas} />
      <NothingBright state={atlas.state} />
      {atlas.lost.value ? <Lost /> : <Away reach={atlas.reach} />}
    </>
  );
}
