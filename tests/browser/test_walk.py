"""A long random walk: 2,000 gestures by pointer, wheel, finger, key and button leave the map whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import MapPage, OpenMap

pytestmark = pytest.mark.browser

GESTURES = 2000
PART = 250

WALK = """async ({ seed, gestures }) => {
    let state = seed;
    const random = () => {
        state = (state + 0x6d2b79f5) | 0;
        let t = Math.imul(state ^ (state >>> 15), 1 | state);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    const pick = list => list[Math.floor(random() * list.length)];
    const canvas = document.querySelector('canvas#map');
    const place = () => ({ clientX: random() * innerWidth, clientY: random() * innerHeight });
    const pointer = (type, at, more = {}) => canvas.dispatchEvent(new PointerEvent(type, {
        pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, buttons: 1,
        bubbles: true, cancelable: true, ...at, ...more,
    }));
    const frame = () => new Promise(resolve => requestAnimationFrame(() => resolve()));
    const drag = more => {
        pointer('pointerdown', place(), more);
        for (let k = 0; k < 4; k++) pointer('pointermove', place(), more);
        pointer('pointerup', place(), more);
    };
    const keys = [...'+-0123456789abcdefghijklmnopqrstuvwxz.,<>?/[]', 'Escape', 'Escape', 'Enter', 'Home',
        'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', ' '];
    const harmless = element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
        && !/save|export|copy|import|reload|load|again|download|file/i.test(
            `${element.ariaLabel} ${element.textContent}`);
    const acts = [
        () => canvas.dispatchEvent(new WheelEvent('wheel', {
            deltaY: (random() - 0.5) * 900, ctrlKey: random() < 0.2, bubbles: true, cancelable: true,
            ...place() })),
        () => drag({}),
        () => drag({ shiftKey: random() < 0.5, altKey: random() < 0.3 }),
        () => drag({ pointerType: 'touch' }),
        () => { const at = place(); pointer('pointerdown', at); pointer('pointerup', at); },
        () => pointer('pointermove', place(), { buttons: 0 }),
        () => {
            const [a, b] = [{ pointerId: 11, pointerType: 'touch' }, { pointerId: 12, pointerType: 'touch' }];
            pointer('pointerdown', place(), a);
            pointer('pointerdown', place(), b);
            for (let k = 0; k < 3; k++) pointer('pointermove', place(), pick([a, b]));
            pointer('pointerup', place(), a);
            pointer(pick(['pointerup', 'pointercancel']), place(), b);
        },
        () => (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', {
            key: pick(keys), shiftKey: random() < 0.1, ctrlKey: random() < 0.05,
            bubbles: true, cancelable: true })),
        () => pick([...document.querySelectorAll('button, input[type=radio], input[type=checkbox]')]
            .filter(harmless))?.click(),
        () => {
            const choice = pick([...document.querySelectorAll('select')]);
            if (!choice) return;
            choice.value = pick([...choice.options]).value;
            choice.dispatchEvent(new Event('change', { bubbles: true }));
        },
        () => {
            const range = pick([...document.querySelectorAll('input[type=range]')]);
            if (!range) return;
            range.value = Number(range.min) + random() * (Number(range.max) - Number(range.min));
            range.dispatchEvent(new Event('input', { bubbles: true }));
        },
        () => history.length > 3 && random() < 0.3 && history.back(),
    ];
    for (let k = 0; k < gestures; k++) {
        pick(acts)();
        if (k % 8 === 0) await frame();
    }
}"""


def held(viewer: MapPage) -> float:
    """Megabytes that the page's scripts hold after a collection."""
    session = viewer.page.context.new_cdp_session(viewer.page)
    session.send("HeapProfiler.collectGarbage")
    usage = session.send("Runtime.getHeapUsage")
    session.detach()
    return (usage["usedSize"] + usage.get("backingStorageSize", 0)) / 1e6


def test_a_random_walk_ends_with_the_map_as_it_began(open_map: OpenMap) -> None:
    viewer = open_map("digits", viewport={"width": 760, "height": 560})
    before = 0.0
    for part in range(GESTURES // PART):
        viewer.page.evaluate(WALK, {"seed": 2026 + part, "gestures": PART})
        assert not viewer.stats()["lost"]
        if part == 1:
            before = held(viewer)  # every part of the page has been there by now
    assert held(viewer) < before + 30
    assert viewer.page.evaluate("document.querySelectorAll('*').length") < 6000
    assert viewer.page.get_by_role("alert").count() == 0
    for _ in range(6):
        viewer.page.keyboard.press("Escape")
    viewer.page.evaluate("location.hash = ''")
    viewer.page.reload()
    viewer.page.evaluate("window.terrella.ready")
    viewer.settle()
    assert viewer.stats()["points"] == viewer.stats()["bright"] == 1797
