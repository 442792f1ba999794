//! The QR code of a badge on paper.

use qrcode::{Color, EcLevel, QrCode, render::svg};

use crate::{Error, Result};

/// Modules of white around it (ISO/IEC 18004 §5.3.8), and the least size of one
/// on a screen, in pixels.
const MODULE: u32 = 4;

/// A QR code at level M: a seventh of it may be soiled or creased.
pub(super) struct Symbol(QrCode);

impl Symbol {
    /// The code that carries `text`.
    pub(super) fn of(text: &str) -> Result<Self> {
        QrCode::with_error_correction_level(text, EcLevel::M)
            .map(Self)
            .map_err(|cause| Error::Unsignable(format!("a QR code: {cause}")))
    }

    /// As a drawing, black on white whatever it is laid on.
    pub(super) fn svg(&self) -> String {
        self.0
            .render::<svg::Color<'_>>()
            .module_dimensions(MODULE, MODULE)
            .build()
    }

    /// Modules in a row, and in a column.
    pub(super) fn width(&self) -> usize {
        self.0.width()
    }

    /// The rows from the top; true is dark.
    pub(super) fn rows(&self) -> Vec<Vec<bool>> {
        let colors = self.0.to_colors();
        let rows = colors.chunks(self.width().max(1));
        rows.map(|row| row.iter().map(|color| *color == Color::Dark).collect())
            .collect()
    }
}
