import { expect, test } from "vitest";
import { readAddress, writeAddress } from "../src/address.ts";
import { applyLook, createLook, lookAddress } from "../src/state/look.ts";

test("a look survives the address", () => {
  const look = createLook();
  look.labels.value = false;
  look.density.value = "both";
  look.grid.value = true;
  look.trails.value = true;
  const text = writeAddress(lookAddress(look));
  expect(text).toBe("#labels=off&density=both&grid=on&trails=on");
  const other = createLook();
  applyLook(other, readAddress(text));
  expect(lookAddress(other)).toEqual(lookAddress(look));
});

test("the usual look says nothing, and nonsense means the usual look", () => {
  expect(writeAddress(lookAddress(createLook()))).toBe("");
  const look = createLook();
  applyLook(look, readAddress("#labels=maybe&density=<b>&grid=1&trails"));
  expect(lookAddress(look)).toEqual({});
});
