/** A linked shader program and its uniforms. */

/** A value a uniform takes: a scalar, or 2 to 4 components, never changed in place. Textures are bound by their unit's number. */
export type UniformValue = number | readonly number[];

export type Uniforms = Readonly<Record<string, UniformValue>>;

/**
 * A program is linked when it is first used, or ahead of that where it is begun: the device then links it while the page
 * waits for something else. Raises Error at its first use where it does not link.
 */
export class Program {
  private readonly uniforms = new Map<string, Uniform>();
  private given: Uniforms[] = [];
  private begun: { readonly program: WebGLProgram; readonly shaders: readonly WebGLShader[] } | null = null;
  private linked: WebGLProgram | null = null;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    private readonly vertex: string,
    private readonly fragment: string,
    private readonly attributes: readonly string[],
  ) {}

  /** Hand the sources to the device, without waiting for what it makes of them. */
  begin(): void {
    if (this.begun) return;
    const { gl } = this;
    const program = gl.createProgram();
    const shaders = [
      compile(gl, gl.VERTEX_SHADER, this.vertex),
      compile(gl, gl.FRAGMENT_SHADER, this.fragment),
    ];
    for (const shader of shaders) gl.attachShader(program, shader);
    this.attributes.forEach((name, location) => {
      gl.bindAttribLocation(program, location, name);
    });
    gl.linkProgram(program);
    this.begun = { program, shaders };
  }

  /** Whether it is linked, or would be waited for no longer; where the device doesn't tell, it says so. */
  get done(): boolean {
    if (this.linked || !this.begun) return this.linked !== null;
    const { gl } = this;
    const parallel = gl.getExtension("KHR_parallel_shader_compile");
    return !parallel || gl.getProgramParameter(this.begun.program, parallel.COMPLETION_STATUS_KHR) !== false;
  }

  /** Wait until it is linked. Among draws that would wait for these too: do it before a frame's first. */
  ready(): void {
    this.linked ??= this.link();
  }

  /**
   * Make the program current and set uniforms. One the compiler found unused is passed over: passes share groups. No two
   * groups name the same; one that was given in the same place before is as it was.
   */
  use(...groups: Uniforms[]): void {
    this.ready();
    this.gl.useProgram(this.linked);
    for (let k = 0; k < groups.length; k++) {
      const group = groups[k] as Uniforms;
      if (group === this.given[k]) continue;
      for (const name in group) this.uniforms.get(name)?.set(group[name] as UniformValue);
    }
    this.given = groups;
  }

  /** Make the program current as it was left. */
  again(): void {
    this.gl.useProgram(this.linked);
  }

  /** Set one uniform of two components: the shortest way, for what changes in each frame. */
  setPair(name: string, x: number, y: number): void {
    this.uniforms.get(name)?.setPair(x, y);
  }

  dispose(): void {
    if (this.begun) this.gl.deleteProgram(this.begun.program);
  }

  private link(): WebGLProgram {
    this.begin();
    const { gl } = this;
    const { program, shaders } = this.begun!;
    for (const shader of shaders) gl.deleteShader(shader);
    // A lost context fails every call: the rebuild after its return is what tells, not this one.
    if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
      const logs = [gl.getProgramInfoLog(program), ...shaders.map((shader) => gl.getShaderInfoLog(shader))];
      throw new Error(`shader program does not link: ${logs.filter(Boolean).join("; ")}`);
    }
    this.collectUniforms(program);
    return program;
  }

  private collectUniforms(program: WebGLProgram): void {
    const { gl } = this;
    const count = (gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS) as number | null) ?? 0;
    for (let index = 0; index < count; index++) {
      const info = gl.getActiveUniform(program, index);
      const location = info && gl.getUniformLocation(program, info.name);
      if (info && location) this.uniforms.set(info.name, new Uniform(gl, info.type, location));
    }
  }
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type) as WebGLShader;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

/** A program keeps its uniforms: to hand over only what has changed spares a frame most of its calls. */
class Uniform {
  private held: UniformValue | null = null;
  private readonly give: (value: UniformValue) => void;

  constructor(
    private readonly gl: WebGL2RenderingContext,
    type: number,
    private readonly location: WebGLUniformLocation,
  ) {
    this.give = giverOf(gl, type, location);
  }

  set(value: UniformValue): void {
    if (this.held !== null && same(this.held, value)) return;
    this.held = value;
    this.give(value);
  }

  setPair(x: number, y: number): void {
    this.held = null;
    this.gl.uniform2f(this.location, x, y);
  }
}

function same(a: UniformValue, b: UniformValue): boolean {
  if (typeof a === "number" || typeof b === "number") return a === b;
  return a.length === b.length && a.every((component, k) => component === b[k]);
}

function giverOf(
  gl: WebGL2RenderingContext,
  type: number,
  location: WebGLUniformLocation,
): (value: UniformValue) => void {
  switch (type) {
    case gl.FLOAT:
      return (value) => gl.uniform1f(location, value as number);
    case gl.FLOAT_VEC2:
      return (value) => gl.uniform2fv(location, value as number[]);
    case gl.FLOAT_VEC3:
      return (value) => gl.uniform3fv(location, value as number[]);
    case gl.FLOAT_VEC4:
      return (value) => gl.uniform4fv(location, value as number[]);
    case gl.UNSIGNED_INT_VEC2:
      return (value) => gl.uniform2uiv(location, value as number[]);
    default: // int, bool and every sampler
      return (value) => gl.uniform1i(location, value as number);
  }
}
