import { MapError, READABLE } from "../bundle/index.ts";
import { Globe } from "./Globe.tsx";

interface Advice {
  title: string;
  what: string;
  next: string;
}

/** A full page that says why there is no map, and what to do. */
export function Problem({ error }: { error: unknown }) {
  const { title, what, next } = adviceOn(error);
  return (
    <section class="problem" role="alert">
      <Globe />
      <h1>{title}</h1>
      <p>{what}</p>
      <p class="problem-next">{next}</p>
      <button type="button" class="again" onClick={() => location.reload()}>
        Try again
      </button>
    </section>
  );
}

export function adviceOn(error: unknown): Advice {
  if (error instanceof MapError) return adviceOnMap(error);
  if (error instanceof Error && error.name === "UnsupportedError") {
    return {
      title: "This browser can’t draw the map",
      what: "The map needs WebGL2, and this browser has it switched off or doesn’t have it.",
      next: "Switch on hardware acceleration in the browser’s settings and reload, or open this page in a current Firefox, Chrome, Edge or Safari.",
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    title: "The map stopped",
    what: message,
    next: "This is a fault of the viewer. Reload the page; if it stays, please report it with the line above.",
  };
}

function adviceOnMap(error: MapError): Advice {
  const { problem } = error;
  switch (problem.kind) {
    case "not-found":
      if (!problem.url.endsWith("/manifest.json")) {
        return {
          title: "The map has changed",
          what: `A file that it named is gone: ${problem.url}.`,
          next: "A newer map has most likely taken its place. Load the page again.",
        };
      }
      return {
        title: "There is no map here",
        what: `Nothing was found at ${problem.url}.`,
        next: "Check the address. A map’s folder holds manifest.json; on a static host it is called “map”, beside this page.",
      };
    case "offline":
      return {
        title: "The map can’t be reached",
        what: `No answer came from ${problem.url}.`,
        next: "If the map comes from this computer, see that “terrella serve” is still running; otherwise check the connection.",
      };
    case "refused":
      return {
        title: "The map was refused",
        what: `The server answered ${problem.status} for ${problem.url}.`,
        next:
          problem.status === 401 || problem.status === 403
            ? "Open the address that “terrella serve” printed: it carries the token."
            : "The server’s log says why.",
      };
    case "bad-version":
      return {
        title: "This map speaks another version",
        what: `${capital(error.message)}.`,
        next:
          typeof problem.version === "number" && problem.version > READABLE.version
            ? "Update Terrella and open the map again."
            : "Make the map again with this Terrella.",
      };
    case "damaged":
      return {
        title: "The map is damaged",
        what: `${capital(error.message)}.`,
        next: "Make the map again, or copy its folder anew: a file may have been cut short on the way.",
      };
  }
}

/** A sentence begins with a capital; an address that it begins with stays one. */
function capital(text: string): string {
  if (/^https?:/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}
