//! The text of lessons: Markdown in, safe HTML out.
//!
//! `CommonMark` with tables, footnotes, strikethrough, task lists and formulas
//! (`LaTeX` between dollar signs, as `MathML`). HTML in the text is shown as
//! text. A picture is a file of the tenant, looked up by its name; one that
//! stands alone becomes a figure, with its title as the caption. A film is
//! written like a picture; captions and transcript are the files with the same
//! name that end in `.vtt` and `.txt`.
//!
//! Each step of [`render`] is a function over the list of events in a file of
//! its own; whatever they do, the last step lets nothing through that is not
//! on its list.

mod beginning;
mod formula;
mod frame;
mod media;
mod nesting;
mod notes;
mod passages;
mod references;
mod sanitise;
mod table;

use std::collections::BTreeMap;

use pulldown_cmark::{CowStr, Event, Options, Parser, html};

pub use beginning::beginning;
pub(crate) use formula::with_source as formula_with_source;
pub use passages::{Passage, passages};
pub use references::{References, descriptions, references};

/// The most bytes of one text; what is beyond is not shown.
pub const MAX_BYTES: usize = 100_000;

/// HTML that is safe to put into a page. Made by [`render`] alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The HTML itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The HTML itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// The addresses of files, by the names that a text calls them by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileLinks(BTreeMap<String, String>);

impl FileLinks {
    /// The address of the file called `name`. `./` before a name means nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .get(name.strip_prefix("./").unwrap_or(name))
            .map(String::as_str)
    }
}

impl FromIterator<(String, String)> for FileLinks {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(links: I) -> Self {
        Self(links.into_iter().collect())
    }
}

impl Extend<(String, String)> for FileLinks {
    fn extend<I: IntoIterator<Item = (String, String)>>(&mut self, links: I) {
        self.0.extend(links);
    }
}

/// The few words that are added to a text, in the reader's language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// What a table is called, before its number.
    pub table: String,
    /// The link to a film's transcript.
    pub transcript: String,
    /// A film's captions.
    pub captions: String,
}

/// Draws a text. Headings are shifted so that the highest becomes `<h2>`: the
/// page around it has the one `<h1>`.
#[must_use]
pub fn render(markdown: &str, files: &FileLinks, words: &Words) -> Html {
    let events = nesting::bounded(events(markdown));
    let events = frame::shifted_headings(events);
    let events = formula::as_mathml(events);
    let events = table::scrollable(events, words);
    let events = notes::at_the_end(events);
    let events = media::resolved(events, files, words);
    let mut page = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut page, events.into_iter());
    Html(sanitise::clean(&page))
}

type Events<'a> = Vec<Event<'a>>;

fn events(markdown: &str) -> Events<'_> {
    let text = &markdown[..markdown.floor_char_boundary(MAX_BYTES)];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    Parser::new_ext(text, options).map(frame::as_text).collect()
}

/// A piece of finished HTML.
fn html(piece: impl Into<CowStr<'static>>) -> Event<'static> {
    Event::InlineHtml(piece.into())
}

/// `text` as the value of an attribute in double quotes.
fn attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn draw(markdown: &str) -> String {
        let files = [
            "images/map.svg",
            "sheet.pdf",
            "intro.mp4",
            "intro.vtt",
            "intro.txt",
        ]
        .into_iter()
        .map(|name| (name.to_owned(), format!("/t/x/files/{name}")))
        .collect();
        let words = Words {
            table: "Table".to_owned(),
            transcript: "Transcript".to_owned(),
            captions: "Captions".to_owned(),
        };
        render(markdown, &files, &words).into_string()
    }

    #[test]
    fn a_text_looks_as_its_author_meant_it() {
        for (markdown, html) in [
            ("~~old~~ **new**", "<p><del>old</del> <strong>new</strong></p>\n"),
            (
                "- [x] done\n- [ ] open",
                "<ul>\n<li>☑ done</li>\n<li>☐ open</li>\n</ul>\n",
            ),
            ("5 < 6 & \"so\"", "<p>5 &lt; 6 &amp; \"so\"</p>\n"),
            (
                "```rust\nlet x;\n```",
                "<pre tabindex=\"0\"><code class=\"language-rust\">let x;\n</code></pre>\n",
            ),
            (
                "[Sheet](sheet.pdf)",
                "<p><a href=\"/t/x/files/sheet.pdf\" rel=\"noopener noreferrer\">Sheet</a></p>\n",
            ),
            (
                "[Out](https://example.org/?a=1&b=2)",
                "<p><a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">Out</a></p>\n",
            ),
        ] {
            assert_eq!(draw(markdown), html);
        }
    }

    #[test]
    fn the_highest_heading_becomes_the_second_of_the_page() {
        assert_eq!(draw("# A\n\n### B"), "<h2>A</h2>\n<h4>B</h4>\n");
        assert_eq!(draw("## A\n\n### B"), "<h2>A</h2>\n<h3>B</h3>\n");
        assert_eq!(draw("##### A"), "<h2>A</h2>\n");
    }

    #[test]
    fn a_picture_alone_is_a_figure_and_one_in_a_line_stays_in_it() {
        assert_eq!(
            draw("![A map](images/map.svg \"Where we are\")"),
            "<figure><img src=\"/t/x/files/images/map.svg\" alt=\"A map\" loading=\"lazy\">\
             <figcaption>Where we are</figcaption></figure>\n"
        );
        assert_eq!(
            draw("See ![a *map*](./images/map.svg) here"),
            "<p>See <img src=\"/t/x/files/images/map.svg\" alt=\"a map\" loading=\"lazy\"> here</p>\n"
        );
    }

    #[test]
    fn a_film_has_controls_captions_and_a_transcript() {
        assert_eq!(
            draw("![How to wash hands](intro.mp4)"),
            "<figure><video controls=\"\" preload=\"metadata\" aria-label=\"How to wash hands\">\
             <source src=\"/t/x/files/intro.mp4\" type=\"video/mp4\">\
             <track kind=\"captions\" src=\"/t/x/files/intro.vtt\" label=\"Captions\" default=\"\"></video>\
             <figcaption><a href=\"/t/x/files/intro.txt\" rel=\"noopener noreferrer\">Transcript</a></figcaption></figure>\n"
        );
    }

    #[test]
    fn a_file_that_is_not_there_leaves_its_description() {
        assert_eq!(draw("![A map](gone.png)"), "<p><em>A map</em></p>\n");
        assert_eq!(draw("[Sheet](gone.pdf)"), "<p>Sheet</p>\n");
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        assert_eq!(
            draw("![Eye](https://elsewhere.example/eye.png)"),
            "<p><em>Eye</em></p>\n"
        );
        assert_eq!(
            draw("![Eye](//elsewhere.example/eye.png)"),
            "<p><em>Eye</em></p>\n"
        );
    }

    #[test]
    fn a_wide_table_scrolls_by_keyboard_and_figures_stand_in_a_column() {
        assert_eq!(
            draw("| A | B |\n|---|--:|\n| x | 1 |"),
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table>\
             <thead><tr><th scope=\"col\">A</th><th scope=\"col\" class=\"num\">B</th></tr></thead>\
             <tbody>\n<tr><td>x</td><td class=\"num\">1</td></tr>\n</tbody></table></div>\n"
        );
    }

    #[test]
    fn notes_stand_at_the_end_in_the_order_of_their_mention() {
        assert_eq!(
            draw("One[^b] two[^a].\n\n[^a]: First\n\n[^b]: Second\n\n[^c]: Never mentioned"),
            "<p>One<sup><a href=\"#note-1\" rel=\"noopener noreferrer\">1</a></sup> \
             two<sup><a href=\"#note-2\" rel=\"noopener noreferrer\">2</a></sup>.</p>\n\
             <ol class=\"notes\"><li id=\"note-1\">\n<p>Second</p>\n</li><li id=\"note-2\">\n<p>First</p>\n</li></ol>"
        );
    }

    #[test]
    fn formulas_become_mathml_and_survive() {
        let html = draw("$$\\frac{17}{100} \\times 340 = 57.8\\text{ m}$$");
        for part in [
            "<math display=\"block\" tabindex=\"0\">",
            "<mfrac><mn>17</mn><mn>100</mn></mfrac>",
            ">×</mo>",
            "<mtext>",
        ] {
            assert!(html.contains(part), "{part} in {html}");
        }
        assert!(draw("Or $0.06 \\times 250 = 15\\%$.").contains("<math><mn>0.06</mn>"));
    }

    #[test]
    fn what_only_looks_like_a_formula_stays_as_it_is() {
        assert_eq!(draw("In cell `$D$1`"), "<p>In cell <code>$D$1</code></p>\n");
        assert_eq!(draw("from $5 to $10 a week"), "<p>from $5 to $10 a week</p>\n");
        assert_eq!(
            draw("$\\nosuchcommand{x}$"),
            "<p><code>\\nosuchcommand{x}</code></p>\n"
        );
    }

    #[test]
    fn html_is_shown_as_text() {
        assert_eq!(
            draw("<script>alert(1)</script>\n\n<b onclick=\"x\">b</b>"),
            "&lt;script&gt;alert(1)&lt;/script&gt;\n<p>&lt;b onclick=\"x\"&gt;b&lt;/b&gt;</p>\n"
        );
    }

    #[test]
    fn addresses_that_run_something_are_dropped() {
        for address in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "java&#10;script:alert(1)",
        ] {
            let html = draw(&format!("[x]({address}) <{address}>"));
            assert!(!html.contains("href"), "{html}");
        }
    }

    #[test]
    fn hostile_depth_and_length_end_in_time() {
        for piece in [
            ">",
            "- ",
            "*a _b ",
            "[",
            "![",
            "$$\\frac{",
            "{\\sqrt",
            "[^a]: ",
            "|",
            "`",
            "<b>",
            "> - ",
        ] {
            let html = draw(&piece.repeat(MAX_BYTES / piece.len() + 10));
            assert!(html.len() < MAX_BYTES * 30, "{piece}: {}", html.len());
        }
        for piece in [
            "{",
            "\\sqrt",
            "\\frac",
            "^",
            "\\left(",
            "\\begin{matrix}",
            "x^{",
            "\\text{",
        ] {
            draw(&format!("${}$", piece.repeat(2_000)));
            draw(&format!("${}$", piece.repeat(100)));
        }
    }

    fn markdownish() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "# ",
            "\n",
            "\n\n",
            "> ",
            "- ",
            "1. ",
            "| a | b |\n|---|---|\n",
            "**",
            "_",
            "`",
            "```\n",
            "$",
            "$$",
            "[x](",
            ")",
            "![alt](images/map.svg)",
            "![",
            "](intro.mp4 \"t\")",
            "[^1]",
            "[^1]: ",
            "<script>",
            "<img src=x onerror=alert(1)>",
            "<math><mtext></p><style>",
            "javascript:alert(1)",
            "\" onload=\"",
            "\\frac{1}{2}",
            "\\text{<img onerror=x>}",
            "\\href{javascript:x}{y}",
            "\\color{red}",
            "}",
            "&lt;",
            "é",
            "\u{0}",
            "[ ] ",
            "~~",
            "\\",
            "<https://example.org>",
            "    ",
            "[a]: javascript:x\n",
            "[a]",
        ]);
        prop::collection::vec(
            prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => ".{0,6}"],
            0..40,
        )
        .prop_map(|pieces| pieces.concat())
    }

    const NEVER: [&str; 8] = [
        "script", "style", "iframe", "object", "embed", "svg", "form", "h1",
    ];

    /// The insides of all tags, up to the first `>` in each.
    fn tags(html: &str) -> impl Iterator<Item = &str> {
        html.split('<')
            .skip(1)
            .filter_map(|rest| rest.split_once('>'))
            .map(|(tag, _)| tag)
    }

    /// The attributes of the inside of a tag; a quote within a value is escaped.
    fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
        tag.split_once(' ')
            .map_or("", |(_, attributes)| attributes)
            .split_terminator('"')
            .collect::<Vec<_>>()
            .chunks(2)
            .map(|pair| {
                let name = pair[0].trim().trim_end_matches('=');
                (name, pair.get(1).copied().unwrap_or_default())
            })
            .collect::<Vec<_>>()
            .into_iter()
    }

    proptest! {
        #[test]
        fn no_text_makes_a_page_run_something(text in markdownish()) {
            let html = draw(&text);
            for tag in tags(&html) {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                prop_assert!(!NEVER.contains(&name), "{html}");
                for (name, value) in attributes(tag) {
                    prop_assert!(!name.starts_with("on"), "{html}");
                    let is_address = ["href", "src", "poster"].contains(&name);
                    prop_assert!(!is_address || !value.starts_with("javascript:"), "{html}");
                }
            }
        }

        #[test]
        fn any_text_at_all_can_be_drawn(text in any::<String>()) {
            draw(&text);
        }
    }
}
