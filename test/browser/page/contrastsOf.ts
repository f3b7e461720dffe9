/** Two colours that lie side by side, as the browser computes them. */
export interface Contrast {
  readonly what: string;
  /** As WCAG defines it, 1 to 21. */
  readonly ratio: number;
  readonly needed: number;
}

type Rgba = readonly [number, number, number, number];

/** Contrast of each text with what is behind it, and of what a user must see beside text: button, border, icon, progress and markers of the steps (WCAG 1.4.3 and 1.4.11). */
export function contrastsOf(gate: Element): Contrast[] {
  const parts = [...gate.querySelectorAll<HTMLElement>('[data-kyc-part=screen] [data-kyc-part]')];
  return parts.flatMap((element) => {
    const part = element.dataset.kycPart ?? '';
    const style = getComputedStyle(element);
    const around = behind(element.parentElement);
    const hasText = [...element.childNodes].some((node) => node instanceof Text && node.data.trim());
    const isLarge =
      parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const before = getComputedStyle(element, '::before');
    const graphics: Record<string, () => Contrast[]> = {
      button: () => [contrast('button', style.backgroundColor, around)],
      secondaryButton: () => [contrast('border of secondaryButton', style.borderTopColor, around)],
      icon: () => [contrast('icon', style.color, behind(element))],
      progress: () => [
        contrast('progress', before.backgroundColor, around),
        contrast('progress on its track', before.backgroundColor, behind(element)),
      ],
      step: () => [contrast(`marker of ${element.dataset.kycStep}`, before.borderTopColor, around)],
    };
    return [
      ...(hasText ? [contrast(`text of ${part}`, style.color, behind(element), isLarge ? 3 : 4.5)] : []),
      ...(graphics[part]?.() ?? []),
    ];
  });
}

/** The focus ring of what has the focus, against what it lies on; `ratio` 0 where there is none. */
export function ringOf(element: Element): Contrast {
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
  const ring = contrast('focus ring', outlineColor, behind(element.parentElement));
  return outlineStyle === 'none' || parseFloat(outlineWidth) < 2 ? { ...ring, ratio: 0 } : ring;
}

function contrast(what: string, front: string, back: Rgba, needed = 3): Contrast {
  const [a, b] = [luminance(over(read(front), back)), luminance(back)];
  return { what, ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), needed };
}

/** What is painted behind the content of an element: its background over those of its ancestors, over the page's white. */
function behind(element: Element | null): Rgba {
  return element
    ? over(read(getComputedStyle(element).backgroundColor), behind(element.parentElement))
    : [255, 255, 255, 1];
}

function over([r, g, b, alpha]: Rgba, [r2, g2, b2]: Rgba): Rgba {
  const mix = (front: number, back: number) => front * alpha + back * (1 - alpha);
  return [mix(r, r2), mix(g, g2), mix(b, b2), 1];
}

function luminance([r, g, b]: Rgba): number {
  const [red = 0, green = 0, blue = 0] = [r, g, b].map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

/** Any CSS colour, read from a pixel painted with it. */
function read(colour: string): Rgba {
  if (!context) throw new Error('There is no canvas to read colours from.');
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return [r, g, b, alpha / 255];
}
