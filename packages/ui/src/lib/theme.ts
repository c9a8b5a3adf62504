import type { ThemeConfig } from 'antd';
import { theme } from 'antd';

export interface Appearance {
  readonly dark: boolean;
  /** A finger instead of a mouse: targets grow. */
  readonly touch: boolean;
  /** Whoever asked the system for less motion gets none. */
  readonly still: boolean;
}

const FONT =
  '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "HarmonyOS Sans SC", "Source Han Sans SC", system-ui, sans-serif';

const LIGHT = {
  colorPrimary: '#0f5c7e',
  colorPrimaryBg: '#e5f0f5',
  colorPrimaryBgHover: '#d8e8f0',
  colorBgContainer: '#ffffff',
  colorBgElevated: '#ffffff',
  colorLink: '#0f5c7e',
  colorInfo: '#0f5c7e',
  // Green and yellow belong to the household marks, so a success is told in the accent and a warning in brown.
  colorSuccess: '#0f5c7e',
  colorWarning: '#8a5a2b',
  colorError: '#b3261e',
  // Notices are told by their icon and words; their ground stays pale.
  colorSuccessBg: '#edf5f8',
  colorSuccessBorder: '#c3dde8',
  colorInfoBg: '#edf5f8',
  colorInfoBorder: '#c3dde8',
  colorWarningBg: '#faf3ea',
  colorWarningBorder: '#e6d3ba',
  colorErrorBg: '#fdf2f1',
  colorErrorBorder: '#efc9c6',
  colorBgLayout: '#f4f5f6',
  colorTextBase: '#1b2227',
  colorBorder: '#cfd5d9',
  colorBorderSecondary: '#e4e8ea',
  colorTextTertiary: '#5f6b73',
  colorTextDescription: '#5f6b73',
  colorTextPlaceholder: '#6b767d',
};

const DARK: typeof LIGHT = {
  colorPrimary: '#68c6ea',
  colorPrimaryBg: '#143340',
  colorPrimaryBgHover: '#1a3f4f',
  colorBgContainer: '#1a2024',
  colorBgElevated: '#232b30',
  colorLink: '#74c0de',
  colorInfo: '#68c6ea',
  colorSuccess: '#68c6ea',
  colorWarning: '#c99a6b',
  colorError: '#e5776f',
  colorSuccessBg: '#14303b',
  colorSuccessBorder: '#28505f',
  colorInfoBg: '#14303b',
  colorInfoBorder: '#28505f',
  colorWarningBg: '#33291e',
  colorWarningBorder: '#5a4832',
  colorErrorBg: '#3a2322',
  colorErrorBorder: '#6b3b38',
  colorBgLayout: '#111618',
  colorTextBase: '#e6eaec',
  colorBorder: '#3b464c',
  colorBorderSecondary: '#293237',
  colorTextTertiary: '#9aa6ad',
  colorTextDescription: '#9aa6ad',
  colorTextPlaceholder: '#8b979e',
};

/** The look of all front ends as Ant Design tokens: neutral ground, one accent, dense but not small. */
export function bangfuTheme({ dark, touch, still }: Appearance): ThemeConfig {
  const colors = dark ? DARK : LIGHT;
  return {
    algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      ...colors,
      fontFamily: FONT,
      fontSize: touch ? 16 : 14,
      controlHeight: touch ? 44 : 32,
      controlHeightSM: touch ? 44 : 26,
      borderRadius: 6,
      borderRadiusLG: 8,
      wireframe: false,
      motion: !still,
    },
    components: {
      Button: {
        fontWeight: 500,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        primaryColor: dark ? '#0b1215' : '#fff',
      },
      Table: {
        cellPaddingBlockMD: touch ? 12 : 7,
        cellPaddingInlineMD: 12,
        borderColor: colors.colorBorderSecondary,
        headerBg: dark ? '#1f272b' : '#f8f9fa',
        headerColor: colors.colorTextTertiary,
        headerSplitColor: 'transparent',
        rowHoverBg: dark ? '#20292e' : '#f3f8fa',
        rowSelectedBg: colors.colorPrimaryBg,
        rowSelectedHoverBg: colors.colorPrimaryBgHover,
      },
      Descriptions: { itemPaddingBottom: 8 },
    },
  };
}
