import type { CSSProperties, ReactNode } from 'react';
import type { Appearance } from '../src/index';
import { schemeOf } from './toolbar/schemeOf';

interface StoryPageProps {
  readonly baseTheme: Appearance['baseTheme'];
  /** In pixels; as wide as there is room without. */
  readonly width: number | undefined;
  readonly isStill: boolean;
  /** The story is a page of its own, which holds gates or none: it sees to their width itself. */
  readonly isGuide: boolean;
  readonly children: ReactNode;
}

/** The page around a story. */
export function StoryPage({ baseTheme, width, isStill, isGuide, children }: StoryPageProps) {
  const style = { colorScheme: schemeOf(baseTheme), ...(width && { '--story-width': `${width}px` }) } as CSSProperties;
  return (
    <div className={isGuide ? 'story-page story-guide' : 'story-page'} style={style} data-story-width={width}>
      {!isGuide && isStill && (
        <p className="story-note">
          Reduced motion: the token <code>motion</code> is <code>0s</code>, and the progress bar stands still. For users
          who set this on their device the gate does it by itself.
        </p>
      )}
      <div className="story-room">{children}</div>
    </div>
  );
}
