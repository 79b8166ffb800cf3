import { icon } from "../icons.tsx";

export const HandIcon = icon(
  <path d="M8 1.800v12.400M1.800 8h12.400M8 1.800 6.200 3.600M8 1.800l1.800 1.800M8 14.200l-1.800-1.800M8 14.200l1.800-1.800M1.800 8l1.800-1.800M1.800 8l1.800 1.800M14.200 8l-1.800-1.800M14.200 8l-1.800 1.800" />,
);
export const LassoIcon = icon(
  <>
    <path
      d="M5 11.300C3 10.500 1.800 9 1.800 7.200c0-2.700 2.800-4.900 6.200-4.900s6.200 2.200 6.200 4.900-2.800 4.900-6.200 4.900"
      stroke-dasharray="2.600 2"
    />
    <path d="M6.600 11.900a1.500 1.500 0 1 1-1.600-1.300c1 .1 1.500.9 1.500 1.800 0 1.100-.7 1.900-1.900 2.200" />
  </>,
);
export const BoxIcon = icon(
  <rect x="2.300" y="3" width="11.400" height="10" rx="0.800" stroke-dasharray="2.600 2" />,
);
export const BrushIcon = icon(
  <>
    <circle cx="6" cy="10" r="3.800" />
    <path d="M8.700 7.300l5-5" />
  </>,
);
export const UndoIcon = icon(<path d="M5.500 3 2.500 6l3 3M2.500 6h6.700a3.700 3.700 0 0 1 0 7.400H5.500" />);
export const RedoIcon = icon(<path d="M10.500 3l3 3-3 3M13.500 6H6.800a3.700 3.700 0 0 0 0 7.400h3.700" />);
export const TableIcon = icon(<path d="M2 3.500h12v9H2zM2 6.700h12M6.500 6.700v5.800M2 9.600h12" />);
export const SqlIcon = icon(<path d="M2.500 4 6.500 8l-4 4M8 12.500h5.500" />);
