// Settings → Models: servers in the place of built-in models, their keys, and what films may cost.

import { act, fireEvent, screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { read, written } from "../src/features/settings/price";
import { finalUrl } from "../src/features/settings/serverDraft";
import { byTestId, click, faults, openSettings, openWindow, settle } from "./window";

async function type(id: string, value: string) {
  await act(async () => {
    fireEvent.change(byTestId(id), { target: { value } });
    await settle();
  });
}

const input = (id: string) => byTestId(id) as HTMLInputElement;

describe("the models", () => {
  it("are built in until a server is chosen, tried and kept", async () => {
    const { fake, pass } = await openSettings();
    expect(byTestId("model-image").textContent).toContain("Built in");
    await click(byTestId("open-image"));
    expect(input("keep-server").disabled).toBe(true);
    await type("server-address", "https://api.example.com/v1/");
    expect(byTestId("server-form").textContent).toContain("https://api.example.com/v1/images/generations");
    await type("key-text", "sk-planted-1234");
    await click(byTestId("test-server"));
    expect(input("test-server").disabled).toBe(true);
    await pass(200);
    expect(byTestId("test-answer").textContent).toBe("It answers, in 120 ms, and has 3 models.");
    await type("offered-models", "paint-2");
    expect(input("server-model").value).toBe("paint-2");
    await type("price-kind", "priced");
    expect(input("keep-server").disabled).toBe(true);
    await type("price-each", "0.04");
    await click(byTestId("keep-server"));
    expect(fake.calls.filter((name) => name === "setModel")).toHaveLength(1);
    expect(byTestId("model-image").textContent).toContain("paint-2 at api.example.com");
    expect(byTestId("model-image").textContent).toContain("$0.04 a picture · key in the keychain");
    expect(byTestId("model-chat").textContent).toContain("Built in");
    expect(document.body.innerHTML).not.toContain("sk-planted");
  });

  it("are tried when one says so, at a price that is told before", async () => {
    const { fake, pass } = await openSettings();
    await click(byTestId("open-chat"));
    await type("server-address", "https://api.example.com/v1");
    await type("key-text", "sk-planted-1234");
    expect(input("try-model").disabled).toBe(true);
    await type("server-model", "gpt-film-1-mini");
    await settle();
    expect(byTestId("trial-price").textContent).toContain("there is no price");
    await type("price-kind", "priced");
    await type("price-input", "1");
    await type("price-output", "4");
    await settle();
    expect(byTestId("trial-price").textContent).toContain("Costs $0.0061 at most");
    expect(fake.calls).not.toContain("tryModel");
    await click(byTestId("try-model"));
    expect(input("try-model").disabled).toBe(true);
    await pass(200);
    expect(byTestId("trial-answer").textContent).toContain("Answers in 0.9 s");
    expect(byTestId("trial-answer").textContent).toContain("structured output");
    await type("server-model", "gpt-film-1");
    expect(byTestId("trial-answer").textContent).toBe("");
    await click(byTestId("try-model"));
    await pass(200);
    expect(byTestId("trial-answer").textContent).toContain("Keeps to a form");
    expect(byTestId("trial-answer").textContent).not.toContain("structured output");
    expect(fake.calls.filter((name) => name === "tryModel")).toHaveLength(2);
  });

  it("are found on this machine when one asks, and not before", async () => {
    const { fake, pass } = await openSettings();
    await click(byTestId("open-chat"));
    expect(fake.calls).not.toContain("findServers");
    await click(byTestId("find-servers"));
    await pass(100);
    await click(byTestId("found-server"));
    expect(input("server-address").value).toBe("http://127.0.0.1:11434/v1");
    expect(input("key-how").value).toBe("none");
    await type("server-model", "qwen3:8b");
    await type("price-kind", "free");
    await click(byTestId("keep-server"));
    expect(byTestId("model-chat").textContent).toContain("no cost · on this machine");
  });

  it("are told of on a film that was begun with others, which can go on with those of Settings", async () => {
    const { fake } = await openWindow("planned", "newest");
    expect(document.querySelector('[data-testid="makers"]')).toBeNull();
    await fake.setModel("image", {
      name: "studio",
      baseUrl: "http://127.0.0.1:8880/v1",
      model: "paint-2",
      price: { kind: "free" },
      key: { kind: "none" },
      atOnce: null,
      perMinute: null,
      sizes: [],
      lengths: [],
    });
    const project = window.location.hash;
    for (const hash of ["#/", project]) {
      await act(async () => {
        window.location.hash = hash;
        await settle();
      });
    }
    expect(byTestId("makers").textContent).toContain("With the built-in models");
    expect(byTestId("makers").textContent).toContain("Settings has other models now.");
    await click(byTestId("take-models"));
    expect(fake.calls.filter((name) => name === "takeModels")).toHaveLength(1);
    expect(byTestId("makers").textContent).toBe("Pictures: paint-2 at studio");
  });

  it("are removed, and the built-in one is back", async () => {
    const { fake } = await openSettings();
    await fake.setModel("speech", {
      name: "",
      baseUrl: "http://127.0.0.1:8880/v1",
      model: "kokoro",
      price: { kind: "free" },
      key: { kind: "env", variable: "KOKORO_KEY" },
      atOnce: null,
      perMinute: null,
      sizes: [],
      lengths: [],
    });
    await act(async () => {
      window.location.hash = "#/";
      await settle();
      window.location.hash = "#/settings";
      await settle();
    });
    expect(byTestId("model-speech").textContent).toContain("KOKORO_KEY is not set");
    await click(byTestId("open-speech"));
    await click(byTestId("remove-server"));
    expect(byTestId("model-speech").textContent).toContain("Built in");
    expect(byTestId("toast").textContent).toContain("Removed");
  });

  it("say what failed when a server does not work, and keep nothing", async () => {
    const { fake, pass } = await openSettings();
    await click(byTestId("open-chat"));
    await type("server-address", "https://api.example.com/v1");
    await type("key-text", "wrong");
    await click(byTestId("test-server"));
    await pass(200);
    expect(screen.getByRole("alert").textContent).toContain("does not accept the key");
    await type("key-text", "right");
    expect(screen.queryByRole("alert")).toBeNull();
    await type("server-address", "api.example.com");
    await type("server-model", "m");
    await click(byTestId("keep-server"));
    expect(screen.getByRole("alert").textContent).toContain("no address");
    expect(byTestId("model-chat").textContent).toContain("Built in");
    expect(fake.calls).toContain("setModel");
  });

  it("have their keys kept elsewhere where there is no keychain, a file only by consent", async () => {
    const { pass } = await openSettings("nokeychain");
    await click(byTestId("open-chat"));
    expect(byTestId("server-form").textContent).toContain("no keychain that answers");
    expect(screen.queryByTestId("key-keychain")).toBeNull();
    expect(input("key-session").checked).toBe(true);
    await type("server-address", "https://api.example.com/v1");
    await type("server-model", "m");
    await type("key-text", "sk-1");
    expect(input("keep-server").disabled).toBe(false);
    await click(byTestId("key-file"));
    expect(input("keep-server").disabled).toBe(true);
    await click(byTestId("key-consent"));
    expect(input("keep-server").disabled).toBe(false);
    await pass(0);
  });

  it("cost no more than was said", async () => {
    const { fake } = await openSettings();
    const film = screen.getByLabelText<HTMLInputElement>(/One film/);
    expect(film.value).toBe("5");
    await act(async () => {
      fireEvent.change(film, { target: { value: "2.50" } });
      await settle();
    });
    await click(byTestId("keep-model-caps"));
    expect((await fake.models()).filmMicros).toBe(2_500_000);
  });

  it("tell when they cannot be read, and are asked for again", async () => {
    const { fake } = await openWindow("home");
    fake.failNext("models", { code: "storage", message: "The library is away.", hint: "", retryable: true });
    await act(async () => {
      window.location.hash = "#/settings";
      await settle();
    });
    expect(screen.getByRole("alert").textContent).toContain("The library is away.");
    await click(screen.getByRole("button", { name: "Try again" }));
    expect(byTestId("model-chat").textContent).toContain("Built in");
  });

  it("can be set up without seeing the screen", async () => {
    await openSettings();
    expect(await faults()).toEqual([]);
    await click(screen.getByRole("button", { name: "Use a server: Clips" }));
    expect(await faults()).toEqual([]);
  });
});

describe("the first run", () => {
  it("leads to the models, and only then", async () => {
    await openWindow("empty");
    await click(screen.getByRole("button", { name: "Add a model first" }));
    expect(window.location.hash).toBe("#/settings");
  });

  it("is over when there is a film", async () => {
    await openWindow("film");
    expect(screen.queryByTestId("first-run")).toBeNull();
  });
});

describe("what is written", () => {
  it("becomes a price, or none", () => {
    const priced = { kind: "priced" as const, each: "0,04", input: "1", output: "" };
    expect(read("image", priced)).toEqual({ kind: "each", micros: 40_000 });
    expect(read("chat", priced)).toBeNull();
    expect(read("chat", written({ kind: "tokens", input: 5, output: 1_000_000 }))).toEqual({
      kind: "tokens",
      input: 5,
      output: 1_000_000,
    });
    expect(read("speech", written(undefined))).toEqual({ kind: "unknown" });
    expect(read("video", { ...priced, each: "cheap" })).toBeNull();
  });

  it("shows where calls go", () => {
    expect(finalUrl("speech", " http://127.0.0.1:8880/v1/ ")).toBe("http://127.0.0.1:8880/v1/audio/speech");
  });
});
