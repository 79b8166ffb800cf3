import type { Manifest } from "../../bundle/index.ts";
import type { Command } from "../../commands.ts";
import type { ViewState } from "../../state.ts";
import { compareCommands } from "./compare.ts";
import { filterCommands } from "./filters.ts";
import { findCommands } from "./find.ts";
import { lookKeys } from "./look.ts";
import { type KeyedMap, lookCommands, moveCommands, pinCommands } from "./map.ts";
import { pictureCommands } from "./picture.ts";
import { type Playable, playCommands } from "./play.ts";
import { sqlCommands } from "./sql.ts";

export type { KeyedMap } from "./map.ts";

/** Everything that a key does on this page, in the order of the sheet. */
export function commandsOf(manifest: Manifest, state: ViewState, map: KeyedMap, player: Playable): Command[] {
  return [
    ...moveCommands(map),
    ...lookCommands(manifest, state),
    ...filterCommands(manifest, state),
    ...compareCommands(manifest, state),
    ...playCommands(manifest, state, player),
    ...lookKeys(state.look),
    ...findCommands(manifest, state, map),
    ...pinCommands(state, map),
    ...pictureCommands(state.picture),
    ...sqlCommands(state.sql),
  ];
}
