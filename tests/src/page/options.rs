//! How a tab is opened: size, colours, pace, scripts.

/// How a tab is opened.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct PageOptions {
    /// Width in CSS pixels.
    pub width: u32,
    /// Height in CSS pixels.
    pub height: u32,
    /// Whether scripts of the page run.
    pub scripts: bool,
    /// Dark colour scheme.
    pub dark: bool,
    /// Scripts run this many times slower (1 = as they are).
    pub slowdown: u32,
}

impl PageOptions {
    /// A desktop window, 1280 × 900.
    #[must_use]
    pub fn desktop() -> Self {
        Self {
            width: 1280,
            height: 900,
            scripts: true,
            dark: false,
            slowdown: 1,
        }
    }

    /// A phone, 390 × 844.
    #[must_use]
    pub fn phone() -> Self {
        Self {
            width: 390,
            height: 844,
            ..Self::desktop()
        }
    }

    /// The same without scripts.
    #[must_use]
    pub fn without_scripts(self) -> Self {
        Self {
            scripts: false,
            ..self
        }
    }

    /// The same in dark.
    #[must_use]
    pub fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same, slowed down.
    #[must_use]
    pub fn slowed(self, slowdown: u32) -> Self {
        Self { slowdown, ..self }
    }
}
