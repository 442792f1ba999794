//! Tables that scroll by themselves, so that the page does not have to.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::{Events, Words, attribute, html};

/// Tables in a frame that scrolls and can be reached by keyboard. Columns that
/// are set to the right hold figures.
pub(super) fn scrollable<'a>(events: Events<'a>, words: &Words) -> Events<'a> {
    let mut drawn = Vec::with_capacity(events.len());
    let mut tables = 0_usize;
    let mut columns = Vec::new();
    let (mut column, mut in_head) = (0, false);
    for event in events {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                columns = alignments;
                tables += 1;
                drawn.push(html(format!(
                    r#"<div class="scroll" role="region" tabindex="0" aria-label="{} {tables}"><table>"#,
                    attribute(&words.table),
                )));
            }
            Event::End(TagEnd::Table) => drawn.push(html("</tbody></table></div>\n")),
            Event::Start(Tag::TableHead) => {
                (column, in_head) = (0, true);
                drawn.push(html("<thead><tr>"));
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                drawn.push(html("</tr></thead><tbody>\n"));
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                drawn.push(html("<tr>"));
            }
            Event::End(TagEnd::TableRow) => drawn.push(html("</tr>\n")),
            Event::Start(Tag::TableCell) => {
                let figures = matches!(columns.get(column), Some(Alignment::Right));
                drawn.push(html(match (in_head, figures) {
                    (true, true) => r#"<th scope="col" class="num">"#,
                    (true, false) => r#"<th scope="col">"#,
                    (false, true) => r#"<td class="num">"#,
                    (false, false) => "<td>",
                }));
            }
            Event::End(TagEnd::TableCell) => {
                column += 1;
                drawn.push(html(if in_head { "</th>" } else { "</td>" }));
            }
            other => drawn.push(other),
        }
    }
    drawn
}
