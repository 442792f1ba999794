//! The QR code of a badge on paper.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

use crate::{Error, Result};

/// Modules of white around it (ISO/IEC 18004 §5.3.8).
const QUIET: usize = 4;
/// The size of a module on a screen, in pixels.
const MODULE: usize = 4;

/// A QR code at level M: a seventh of it may be soiled or creased.
pub(super) struct Symbol(QrCode);

impl Symbol {
    /// The code that carries `text`.
    pub(super) fn of(text: &str) -> Result<Self> {
        QrCode::with_error_correction_level(text, EcLevel::M)
            .map(Self)
            .map_err(|cause| Error::Unsignable(format!("a QR code: {cause}")))
    }

    /// As a drawing, black on white whatever it is laid on: a stroke for each run
    /// of dark modules, which is a fifth of what a square for each would be.
    pub(super) fn svg(&self) -> String {
        let side = self.width() + 2 * QUIET;
        let mut strokes = String::new();
        for run in self.runs() {
            let (x, y) = (run.x + QUIET, run.y + QUIET);
            // Writing to a string does not fail.
            let _ = write!(strokes, "M{x} {y}.5h{}", run.length);
        }
        let pixels = side * MODULE;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{pixels}\" height=\"{pixels}\" \
             viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
             <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path stroke=\"#000\" d=\"{strokes}\"/></svg>"
        )
    }

    /// Modules in a row, and in a column.
    pub(super) fn width(&self) -> usize {
        self.0.width()
    }

    /// The dark modules, those beside each other as one.
    pub(super) fn runs(&self) -> Vec<Run> {
        let colors = self.0.to_colors();
        let mut runs = Vec::new();
        for (y, row) in colors.chunks(self.width().max(1)).enumerate() {
            let mut x = 0;
            for alike in row.chunk_by(|one, other| one == other) {
                let length = alike.len();
                if alike[0] == Color::Dark {
                    runs.push(Run { x, y, length });
                }
                x += length;
            }
        }
        runs
    }
}

/// Dark modules beside each other in a row, from the top left.
pub(super) struct Run {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) length: usize,
}
