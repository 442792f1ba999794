//! What draws on a sheet, and remembers what each thing was.

use krilla::{
    color::rgb,
    geom::{PathBuilder, Point, Rect, Transform},
    paint::Fill,
    surface::Surface,
    tagging::{Artifact, ArtifactType, ContentTag, Identifier, SpanTag, Tag, TagGroup, TagKind},
};

use super::{
    lettering::{Face, Line},
    sheet::NoSheet,
};

/// What draws from the top of the sheet to its foot, and remembers what each
/// thing was.
pub(super) struct Hand<'a> {
    pub(super) surface: Surface<'a>,
    regular: Face,
    bold: Face,
    /// What was drawn, in the order in which it is read.
    pub(super) tags: Vec<TagGroup>,
    /// How far down it has come, in points.
    pub(super) y: f32,
}

/// How a text looks; in points.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) size: f32,
    /// From one line to the next.
    pub(super) leading: f32,
    pub(super) is_bold: bool,
    pub(super) color: [u8; 3],
}

/// A style of letters so large, on lines so far apart.
pub(super) const fn style(size: f32, leading: f32, is_bold: bool, color: [u8; 3]) -> Style {
    Style {
        size,
        leading,
        is_bold,
        color,
    }
}

/// A column of a sheet, in points.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
}

impl<'a> Hand<'a> {
    /// A hand at the top of `surface`.
    pub(super) fn on(surface: Surface<'a>) -> Result<Self, NoSheet> {
        Ok(Self {
            surface,
            regular: Face::regular()?,
            bold: Face::bold()?,
            tags: Vec::new(),
            y: 0.0,
        })
    }

    /// A text of its own.
    pub(super) fn paragraph(
        &mut self,
        tag: impl Into<TagKind>,
        text: &str,
        style: Style,
        column: Column,
    ) -> Result<(), NoSheet> {
        let lines = self.face(style).lines(text, column.width / style.size)?;
        self.set(tag, &lines, style, column);
        Ok(())
    }

    /// The same, set in lines before.
    pub(super) fn set(&mut self, tag: impl Into<TagKind>, lines: &[Line], style: Style, column: Column) {
        let mut group = TagGroup::new(tag);
        for id in self.lines(lines, style, column) {
            group.push(id);
        }
        self.tags.push(group);
    }

    /// Lines that belong to something larger.
    pub(super) fn lines(&mut self, lines: &[Line], style: Style, column: Column) -> Vec<Identifier> {
        let font = self.face(style).font.clone();
        self.surface.set_fill(Some(ink(style.color)));
        let mut drawn = Vec::new();
        for line in lines {
            self.y += style.leading;
            let id = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            // The letters stand on a line a quarter of the space above the next.
            let at = Point::from_xy(
                column.x,
                self.y - (style.leading - style.size) / 2.0 - style.size * 0.2,
            );
            self.surface
                .draw_glyphs(at, &line.glyphs, font.clone(), &line.text, style.size, false);
            self.surface.end_tagged();
            drawn.push(id);
        }
        drawn
    }

    /// A picture at this place, and what it shows.
    pub(super) fn figure(&mut self, in_words: &str, x: f32, y: f32, draw: impl FnOnce(&mut Surface<'_>)) {
        let id = self.surface.start_tagged(ContentTag::Other);
        self.surface.push_transform(&Transform::from_translate(x, y));
        draw(&mut self.surface);
        self.surface.pop();
        self.surface.end_tagged();
        let mut figure = TagGroup::new(Tag::Figure(Some(in_words.to_owned())));
        figure.push(id);
        self.tags.push(figure);
    }

    /// A line across the sheet, which says nothing.
    pub(super) fn rule(
        &mut self,
        column: Column,
        y: f32,
        height: f32,
        color: [u8; 3],
    ) -> Result<(), NoSheet> {
        let mut path = PathBuilder::new();
        path.push_rect(Rect::from_xywh(column.x, y, column.width, height).ok_or(NoSheet::Measures)?);
        let path = path.finish().ok_or(NoSheet::Measures)?;
        let layout = Artifact::with_kind(ArtifactType::Layout);
        self.surface.start_tagged(ContentTag::Artifact(layout));
        self.surface.set_fill(Some(ink(color)));
        self.surface.draw_path(&path);
        self.surface.end_tagged();
        Ok(())
    }

    /// The letters of a style.
    pub(super) fn face(&self, style: Style) -> &Face {
        if style.is_bold { &self.bold } else { &self.regular }
    }
}

/// A colour to draw with.
pub(super) fn ink([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        ..Fill::default()
    }
}
