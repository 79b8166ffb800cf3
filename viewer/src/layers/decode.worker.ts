/** Decodes sprite pages away from the main thread. */

export interface DecodeJob {
  readonly id: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly premultiply: boolean;
}

export interface DecodeAnswer {
  readonly id: number;
  readonly image?: ImageBitmap;
  readonly problem?: string;
}

/** The first byte of its files. */
const PNG = 0x89;

const port = self as unknown as {
  onmessage: (event: MessageEvent<DecodeJob>) => void;
  postMessage(answer: DecodeAnswer, transfer: Transferable[]): void;
};

port.onmessage = async ({ data: { id, bytes, premultiply } }) => {
  try {
    const type = bytes[0] === PNG ? "image/png" : "image/webp";
    const image = await createImageBitmap(new Blob([bytes], { type }), {
      premultiplyAlpha: premultiply ? "premultiply" : "none",
      colorSpaceConversion: "none",
    });
    port.postMessage({ id, image }, [image]);
  } catch (error) {
    port.postMessage({ id, problem: String(error) }, []);
  }
};
