//! The certificate's one sheet of A4, tagged so that it can be read out (PDF/UA-1).

use std::num::NonZeroU16;

use krilla::{
    Document, SerializeSettings,
    action::{Action, LinkAction},
    annotation::{Annotation, LinkAnnotation, Target},
    configure::{Accessibility, ConfigurationBuilder},
    destination::XyzDestination,
    error::KrillaError,
    geom::{Path, PathBuilder, Point, Rect, Size},
    image::Image,
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    tagging::{ListNumbering, Tag, TagGroup, TagTree},
};

use super::{
    super::symbol::Symbol,
    hand::{Column, Hand, Style, ink, style},
    lettering::{Line, NotSet},
};

/// All that stands on the sheet, in the order in which it is read.
pub(super) struct Content<'a> {
    /// The language of most of it (BCP 47).
    pub(super) language: &'a str,
    /// What the document is called.
    pub(super) title: &'a str,
    pub(super) picture: &'a [u8],
    pub(super) picture_in_words: &'a str,
    pub(super) issuer: &'a str,
    pub(super) name: &'a str,
    pub(super) earned_by: &'a str,
    pub(super) holder: &'a str,
    pub(super) description: &'a str,
    pub(super) criteria_title: &'a str,
    /// Each passage, and whether it is a point of a list.
    pub(super) criteria: Vec<(String, bool)>,
    /// Said where the criteria do not end on the sheet.
    pub(super) goes_on: &'a str,
    pub(super) symbol: &'a Symbol,
    pub(super) symbol_in_words: &'a str,
    /// What each fact is, and the fact.
    pub(super) facts: &'a [(String, String)],
    pub(super) check_title: &'a str,
    pub(super) check: &'a str,
    /// Where it can be checked.
    pub(super) address: &'a str,
    /// Red, green, blue.
    pub(super) accent: [u8; 3],
}

/// Why there is no sheet.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoSheet {
    #[error(transparent)]
    NotSet(#[from] NotSet),
    #[error("the picture: {0}")]
    Picture(String),
    #[error("the document: {0:?}")]
    Document(KrillaError),
    #[error("the page\u{2019}s measures")]
    Measures,
}

/// A4 and what is on it, in points (1/72 of an inch).
const SHEET: (f32, f32) = (595.28, 841.89);
const MARGIN: f32 = 56.0;
const PICTURE: f32 = 128.0;
/// Sixty millimetres: modules of a version 25 code are half a millimetre then.
const SYMBOL: f32 = 170.0;
const FOOT: f32 = SHEET.1 - MARGIN - SYMBOL;
const GAP: f32 = 26.0;

/// Of text that is not the tenant's.
pub(super) const INK: [u8; 3] = [28, 28, 32];
const FAINT: [u8; 3] = [88, 88, 96];

/// The sheet as PDF. The same content gives the same bytes.
pub(super) fn draw(content: &Content<'_>) -> Result<Vec<u8>, NoSheet> {
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| NoSheet::Measures)?;
    let mut document = Document::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let size = PageSettings::from_wh(SHEET.0, SHEET.1).ok_or(NoSheet::Measures)?;
    let mut page = document.start_page_with(size);
    let (mut tags, place) = {
        let mut hand = Hand::on(page.surface())?;
        hand.head(content)?;
        hand.criteria(content)?;
        let place = hand.foot(content)?;
        (hand.tags, place)
    };
    let link = LinkAnnotation::new(
        place,
        Target::Action(Action::Link(LinkAction::new(content.address.to_owned()))),
    );
    let link = page.add_tagged_annotation(Annotation::new_link(link, Some(content.check_title.to_owned())));
    // The address is the last thing on the sheet.
    if let Some(mut address) = tags.pop() {
        address.push(link);
        let mut paragraph = TagGroup::new(Tag::P);
        paragraph.push(address);
        tags.push(paragraph);
    }
    page.finish();
    let mut tree = TagTree::new().with_lang(Some(content.language.to_owned()));
    for group in tags {
        tree.push(group);
    }
    document.set_tag_tree(tree);
    let mut outline = Outline::new();
    outline.push_child(OutlineNode::new(
        content.name.to_owned(),
        XyzDestination::new(0, Point::from_xy(0.0, 0.0)),
    ));
    document.set_outline(outline);
    document.set_metadata(
        Metadata::new()
            .title(content.title.to_owned())
            .language(content.language.to_owned())
            .authors(vec![content.issuer.to_owned()]),
    );
    document.finish().map_err(NoSheet::Document)
}

const LABEL: Style = style(9.5, 14.0, false, FAINT);
const NAME: Style = style(21.0, 26.0, true, INK);
const HOLDER: Style = style(15.0, 20.0, true, INK);
const LEAD: Style = style(11.5, 17.0, false, INK);
const TITLE: Style = style(12.0, 18.0, true, INK);
const TEXT: Style = style(9.5, 14.0, false, INK);

const WHOLE: Column = Column {
    x: MARGIN,
    width: SHEET.0 - 2.0 * MARGIN,
};

/// Where the text of a list's points stands.
const POINT: Column = Column {
    x: WHOLE.x + 12.0,
    width: WHOLE.width - 12.0,
};

/// The column to the right of something so wide.
const fn beside(width: f32) -> Column {
    Column {
        x: MARGIN + width + GAP,
        width: SHEET.0 - 2.0 * MARGIN - width - GAP,
    }
}

impl Hand<'_> {
    fn head(&mut self, content: &Content<'_>) -> Result<(), NoSheet> {
        self.rule(WHOLE, MARGIN - 16.0, 3.0, content.accent)?;
        let top = MARGIN + 8.0;
        let picture = Image::from_png(content.picture.to_vec().into(), true).map_err(NoSheet::Picture)?;
        let size = Size::from_wh(PICTURE, PICTURE).ok_or(NoSheet::Measures)?;
        self.figure(content.picture_in_words, MARGIN, top, |surface| {
            surface.draw_image(picture, size);
        });
        let column = beside(PICTURE);
        self.y = top + 10.0;
        self.paragraph(Tag::P, content.issuer, LABEL, column)?;
        self.y += 2.0;
        let heading = Tag::Hn(NonZeroU16::MIN, Some(content.name.to_owned()));
        self.paragraph(heading, content.name, NAME, column)?;
        self.y += 8.0;
        self.paragraph(Tag::P, content.earned_by, LABEL, column)?;
        self.y += 2.0;
        self.paragraph(Tag::P, content.holder, HOLDER, column)?;
        self.y = self.y.max(top + PICTURE) + GAP;
        self.paragraph(Tag::P, content.description, LEAD, WHOLE)?;
        Ok(())
    }

    /// As much of the criteria as there is room for above the foot.
    fn criteria(&mut self, content: &Content<'_>) -> Result<(), NoSheet> {
        let end = FOOT - GAP;
        if content.criteria.is_empty() || self.y + 3.0 * TITLE.leading > end {
            return Ok(());
        }
        self.y += 14.0;
        self.heading(content.criteria_title, WHOLE)?;
        let mut points: Option<TagGroup> = None;
        let mut all = true;
        for (text, is_point) in &content.criteria {
            let column = if *is_point { POINT } else { WHOLE };
            let lines = self.face(TEXT).lines(text, column.width / TEXT.size)?;
            #[expect(clippy::cast_precision_loss, reason = "a passage has a few lines")]
            let height = lines.len() as f32 * TEXT.leading;
            // One line is kept free to say that it goes on.
            all = self.y + height + TEXT.leading <= end;
            if !all {
                break;
            }
            if *is_point {
                let point = self.point(&lines)?;
                points
                    .get_or_insert_with(|| TagGroup::new(Tag::L(ListNumbering::Disc)))
                    .push(point);
            } else {
                self.tags.extend(points.take());
                self.set(Tag::P, &lines, TEXT, WHOLE);
            }
            self.y += 4.0;
        }
        self.tags.extend(points);
        if !all {
            self.paragraph(Tag::P, content.goes_on, LABEL, WHOLE)?;
        }
        Ok(())
    }

    /// A point of a list: its mark, and beside it its text.
    fn point(&mut self, lines: &[Line]) -> Result<TagGroup, NoSheet> {
        let top = self.y;
        let mark = self.face(TEXT).line("• ")?;
        let mut label = TagGroup::new(Tag::Lbl);
        for id in self.lines(&[mark], TEXT, WHOLE) {
            label.push(id);
        }
        self.y = top;
        let mut body = TagGroup::new(Tag::LBody);
        for id in self.lines(lines, TEXT, POINT) {
            body.push(id);
        }
        let mut point = TagGroup::new(Tag::LI);
        point.push(label);
        point.push(body);
        Ok(point)
    }

    /// The code, the facts, and where to check them. Gives the place of the address.
    fn foot(&mut self, content: &Content<'_>) -> Result<Rect, NoSheet> {
        self.rule(WHOLE, FOOT - 18.0, 0.75, content.accent)?;
        let symbol = modules(content.symbol)?;
        self.surface.set_fill(Some(ink([0, 0, 0])));
        self.figure(content.symbol_in_words, MARGIN, FOOT, |surface| {
            surface.draw_path(&symbol);
        });
        let column = beside(SYMBOL);
        self.y = FOOT;
        for (label, fact) in content.facts {
            let mut group = TagGroup::new(Tag::P);
            for (text, style) in [(format!("{label} "), LABEL), (fact.clone(), TEXT)] {
                let lines = self.face(style).lines(&text, column.width / style.size)?;
                for id in self.lines(&lines, style, column) {
                    group.push(id);
                }
            }
            self.tags.push(group);
            self.y += 3.0;
        }
        self.y += 8.0;
        self.heading(content.check_title, column)?;
        self.paragraph(Tag::P, content.check, TEXT, column)?;
        self.y += 4.0;
        let top = self.y;
        self.paragraph(
            Tag::Link,
            content.address,
            style(8.5, 12.0, false, content.accent),
            column,
        )?;
        Rect::from_xywh(column.x, top, column.width, self.y - top).ok_or(NoSheet::Measures)
    }

    fn heading(&mut self, text: &str, column: Column) -> Result<(), NoSheet> {
        let level = NonZeroU16::MIN.saturating_add(1);
        self.paragraph(Tag::Hn(level, Some(text.to_owned())), text, TITLE, column)
    }
}

/// The code's dark modules, those beside each other as one.
fn modules(symbol: &Symbol) -> Result<Path, NoSheet> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a code has at most 177 modules in a row"
    )]
    let module = SYMBOL / symbol.width() as f32;
    let mut path = PathBuilder::new();
    for run in symbol.runs() {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a code has at most 177 modules in a row"
        )]
        let [x, y, length] = [run.x, run.y, run.length].map(|modules| modules as f32 * module);
        path.push_rect(Rect::from_xywh(x, y, length, module).ok_or(NoSheet::Measures)?);
    }
    path.finish().ok_or(NoSheet::Measures)
}
