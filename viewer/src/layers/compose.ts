/** Shader sources put together from their parts. */

import { Program } from "../gl/program.ts";
import cells from "../shaders/cells.glsl?raw";
import ground from "../shaders/ground.glsl?raw";
import pictured from "../shaders/pictured.glsl?raw";
import place from "../shaders/place.glsl?raw";
import tone from "../shaders/tone.glsl?raw";
import { ITEM_ATTRIBUTES } from "./items.ts";

const HEAD =
  "#version 300 es\nprecision highp float;\nprecision highp int;\nprecision highp sampler2DArray;\n";

/** Link a pass that draws items: placed by place.glsl, coloured by tone.glsl. */
export function itemProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  return new Program(
    gl,
    HEAD + place + pictured + tone + vertex,
    HEAD + tone + cells + fragment,
    ITEM_ATTRIBUTES,
  );
}

/** Link a pass that covers the whole view. */
export function screenProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  return new Program(gl, HEAD + vertex, HEAD + tone + fragment, []);
}

/** Link one that may draw the ground. */
export function groundProgram(gl: WebGL2RenderingContext, vertex: string, fragment: string): Program {
  return screenProgram(gl, vertex, ground + fragment);
}
