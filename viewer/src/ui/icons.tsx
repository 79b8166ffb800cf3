import type { ComponentChildren } from "preact";

/** A picture of 16 × 16 strokes, for those who see it: its button says what it does. */
export function icon(children: ComponentChildren) {
  return () => (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const MinusIcon = icon(<path d="M3 8h10" />);
export const HomeIcon = icon(
  <>
    <circle cx="8" cy="8" r="5" />
    <path d="M8 1v3.500M8 11.500V15M1 8h3.500M11.500 8H15" />
  </>,
);
export const MoonIcon = icon(<path d="M13 9.600A5.500 5.500 0 1 1 6.400 3a4.400 4.400 0 0 0 6.600 6.600Z" />);
export const SunIcon = icon(
  <>
    <circle cx="8" cy="8" r="2.800" />
    <path d="M8 1.500v1.700M8 12.800v1.700M1.500 8h1.700M12.800 8h1.700M3.400 3.400l1.200 1.200M11.400 11.400l1.200 1.200M3.400 12.600l1.200-1.200M11.400 4.600l1.200-1.200" />
  </>,
);
export const KeysIcon = icon(
  <>
    <path d="M5.900 6a2.200 2.200 0 1 1 3.300 1.900c-.8.5-1.200.9-1.200 1.800" />
    <path d="M8 12v.4" />
  </>,
);
export const CameraIcon = icon(
  <>
    <path d="M2.500 5h2.300l1.100-1.600h4.200L11.200 5h2.300v7.500h-11Z" />
    <circle cx="8" cy="8.600" r="2.200" />
  </>,
);
export const CloseIcon = icon(<path d="M4 4l8 8M12 4l-8 8" />);
export const FocusIcon = icon(
  <>
    <path d="M2.500 5.500v-3h3M10.500 2.500h3v3M13.500 10.500v3h-3M5.500 13.500h-3v-3" />
    <circle cx="8" cy="8" r="1.600" />
  </>,
);
export const ChevronIcon = icon(<path d="M4 10l4-4 4 4" />);
export const PlayIcon = icon(<path d="M5.200 3.200v9.600L12.800 8Z" fill="currentcolor" />);
export const PauseIcon = icon(<path d="M5.500 3.500v9M10.500 3.500v9" stroke-width="2" />);
export const BackIcon = icon(<path d="M10.500 3.800 6.300 8l4.200 4.200M3.600 4v8" />);
export const NextIcon = icon(<path d="M5.500 3.800 9.700 8l-4.200 4.200M12.400 4v8" />);
export const LoopIcon = icon(
  <>
    <path d="M3.500 6.500h8.200M9.500 3.800l2.700 2.700-2.700 2.700" />
    <path d="M12.500 10.500H4.300" opacity="0.55" />
    <path d="M6.200 8.300 4 10.500l2.200 2.200" opacity="0.55" />
  </>,
);
export const SequenceIcon = icon(<path d="M2.500 12V8.500M6.200 12V4.500M9.800 12V6.500M13.500 12V3" />);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.500" />
    <path d="M10.300 10.300L14 14" />
  </>,
);
export const ImageIcon = icon(
  <>
    <path d="M2.500 3.500h11v9h-11z" />
    <path d="M2.500 10.500l3-3 3 3 2-2 3 3" />
    <circle cx="10.500" cy="6" r=".9" />
  </>,
);
export const BeforeIcon = icon(<path d="M10 4L6 8l4 4" />);
export const AfterIcon = icon(<path d="M6 4l4 4-4 4" />);
export const AlikeIcon = icon(
  <>
    <circle cx="8" cy="8" r="1.800" />
    <circle cx="8" cy="8" r="5.800" stroke-dasharray="2 2.600" />
  </>,
);
export const CompareIcon = icon(<path d="M2.500 3.500h11v9h-11ZM8 3.500v9" />);
export const LinkIcon = icon(
  <path d="M6.700 9.300a2.500 2.500 0 0 0 3.600 0l2-2a2.500 2.500 0 0 0-3.600-3.600l-.9.900M9.300 6.700a2.500 2.500 0 0 0-3.600 0l-2 2a2.500 2.500 0 0 0 3.600 3.600l.9-.9" />,
);
