import { useLayoutEffect, useRef, useState } from 'react';
import type { Appearance, GateMessages, Part } from '../src/index';
import { type Drawing, drawings } from './drawings';

interface AnatomyDrawingProps {
  readonly drawing: Drawing;
  readonly active: Part;
  readonly onActive: (part: Part) => void;
  readonly appearance: Appearance;
  readonly messages: GateMessages;
}

/** A part as the browser has laid it out, in pixels from the drawing's corner, and its label beside the gate. */
interface Marked {
  readonly part: Part;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Its other attributes of the gate. */
  readonly attributes: readonly string[];
  readonly isBefore: boolean;
  readonly labelY: number;
}

/** Parts that hold others; their labels stand before the gate, those of the rest behind it. */
const holders: readonly Part[] = ['root', 'live', 'screen', 'card', 'alert', 'steps', 'actions', 'form'];

/** The real screen, with a line from each of its parts to a label. */
export function AnatomyDrawing({ drawing, active, onActive, ...look }: AnatomyDrawingProps) {
  const box = useRef<HTMLDivElement>(null);
  const gate = useRef<HTMLDivElement>(null);
  const [marked, setMarked] = useState<readonly Marked[]>([]);
  useLayoutEffect(() => {
    if (!box.current || !gate.current) return undefined;
    const [outer, inner] = [box.current, gate.current];
    const observer = new ResizeObserver(() => setMarked(mark(outer, inner)));
    observer.observe(inner);
    for (const element of inner.querySelectorAll('[data-kyc-part]')) observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className="anatomy-drawing">
      <div ref={gate} className="anatomy-gate" inert>
        {drawings[drawing].draw(look)}
      </div>
      <svg aria-hidden="true">
        {marked.map(({ part, box: { x, y, width, height }, isBefore, labelY }) => (
          <g key={part} data-active={part === active || undefined}>
            <rect x={x} y={y} width={width} height={height} rx="4" />
            <polyline
              points={
                isBefore
                  ? `${edge},${labelY} ${edge + 16},${labelY} ${x},${y + anchor(height)}`
                  : `${edge + gateWidth + 48},${labelY} ${edge + gateWidth + 32},${labelY} ${x + width},${y + anchor(height)}`
              }
            />
          </g>
        ))}
      </svg>
      {marked.map(({ part, isBefore, labelY, attributes }) => (
        <button
          key={part}
          type="button"
          className="anatomy-label"
          data-before={isBefore || undefined}
          style={{ top: labelY }}
          aria-pressed={part === active}
          onPointerEnter={() => onActive(part)}
          onFocus={() => onActive(part)}
          onClick={() => onActive(part)}
        >
          {part}
          {attributes.map((attribute) => (
            <small key={attribute}> {attribute}</small>
          ))}
        </button>
      ))}
    </div>
  );
}

/** As in Anatomy.css, in pixels: where labels before the gate end, and how wide it is. */
const edge = 200;
const gateWidth = 352;
const labelGap = 34;

function anchor(height: number): number {
  return Math.min(height / 2, 14);
}

function mark(outer: HTMLElement, inner: HTMLElement): Marked[] {
  const from = outer.getBoundingClientRect();
  const first = new Map<Part, HTMLElement>();
  for (const element of inner.querySelectorAll<HTMLElement>('[data-kyc-part]')) {
    const part = element.dataset.kycPart as Part;
    if (element.getClientRects().length > 0 && !first.has(part)) first.set(part, element);
  }
  const sides = { before: 0, behind: 0 };
  return Array.from(first, ([part, element]) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return {
      part,
      element,
      box: { x: x - from.x, y: y - from.y, width, height },
      side: holders.includes(part) ? ('before' as const) : ('behind' as const),
    };
  })
    .sort((a, b) => a.box.y - b.box.y)
    .map(({ part, element, box, side }) => {
      const attributes = element
        .getAttributeNames()
        .filter((name) => name.startsWith('data-kyc-') && name !== 'data-kyc-part');
      const labelY = Math.max(box.y + anchor(box.height), sides[side] + labelGap);
      sides[side] = labelY + attributes.length * 18;
      return {
        part,
        box,
        isBefore: side === 'before',
        labelY,
        attributes: attributes.map((name) => `${name}="${element.getAttribute(name)}"`),
      };
    });
}
