import { useEffect, useState } from "preact/hooks";
import type { SearchServer } from "../../find/server.ts";

const NOTHING: ReadonlySet<string> = new Set();

/** Follow what the server can search by; nothing until it has said so, and on a static host. */
export function useAbilities(server: SearchServer): ReadonlySet<string> {
  const [abilities, setAbilities] = useState(NOTHING);
  useEffect(() => {
    let wanted = true;
    server.abilities.then((known) => wanted && setAbilities(known));
    return () => {
      wanted = false;
    };
  }, [server]);
  return abilities;
}
