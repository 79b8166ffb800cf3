import { describe, expect, test } from "vitest";
import { matcherOf, QueryError, vectorOf } from "../../src/find/query.ts";

describe("a text query", () => {
  test.each([
    ["fox", "The quick brown Fox", [16, 19]],
    ["FOX", "a fox", [2, 5]],
    ["fox", "hound", null],
    ["a.c", "abc", null],
    ["/a.c/", "xabc", [1, 4]],
    ["/A.C/", "abc", null],
    ["/A.C/i", "abc", [0, 3]],
    ["/^$/", "x", null],
    ["a/b/c", "a/b/c", [0, 5]],
    ["(", "(", [0, 1]],
    ["<img", "x <img src=x>", [2, 6]],
    ["i", "İ", [0, 0]],
  ] as const)("%s in %s", (query, text, place) => {
    expect(matcherOf(query)(text)).toEqual(place);
  });

  test("a sticky or global pattern has no memory", () => {
    const matches = matcherOf("/a/gy");
    expect([matches("ba"), matches("ba")]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  test.each(["/(/", "/a/q", "/[/"])("%s is refused with a reason", (query) => {
    expect(() => matcherOf(query)).toThrow(QueryError);
    expect(() => matcherOf(query)).toThrow(/no regular expression: .+/);
  });
});

test.each([
  ["1, 2, 3", [1, 2, 3]],
  ["[0.5 -2e-3]", [0.5, -0.002]],
  ["[1;2]", [1, 2]],
  ["hello world", null],
  ["7", null],
  ["1, Infinity", null],
  ["", null],
] as const)("%s read as a vector", (text, vector) => {
  expect(vectorOf(text)).toEqual(vector);
});
