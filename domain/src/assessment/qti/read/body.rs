//! The body: prose, interactions, and text with gaps.

use super::{
    super::{
        report::{ChangeCode, Refusal},
        xml::{Element, Node},
    },
    Reader,
    declaration::Declarations,
    interaction::{is_inline, is_interaction},
    markdown::{escaped, is_block},
    scoring::{Rule, Rules},
};
use crate::assessment::{Block, Comparison, Identifier, Interaction, Passage, UnitEntry, limits};

/// What is known of an item before its body is read.
pub(super) struct Known<'a> {
    pub(super) declared: &'a Declarations<'a>,
    pub(super) rules: &'a Rules<'a>,
}

impl Known<'_> {
    /// Whether the learner types a unit: then the text is held against a number.
    pub(super) fn has_typed_unit(&self, response: &Identifier) -> bool {
        let name = response.as_str();
        let is_text = self.declared.get(name).is_some_and(|it| it.base_type == "string");
        let by_number = |rule: &Rule| {
            matches!(
                rule,
                Rule::Match {
                    comparison: Comparison::Number(_),
                    ..
                }
            )
        };
        is_text && self.rules.of.get(name).is_some_and(by_number)
    }

    fn is_number(&self, entry: &Element) -> bool {
        let declared = entry
            .attribute("response-identifier")
            .and_then(|name| self.declared.get(name));
        declared.is_some_and(|it| matches!(it.base_type, "float" | "integer"))
    }
}

/// The blocks so far, and the prose that has not become one yet.
#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    prose: Vec<String>,
}

impl Blocks {
    fn say(&mut self, text: String) {
        self.prose.extend((!text.is_empty()).then_some(text));
    }

    /// The prose that stands before a question without words of its own.
    fn asked(&mut self) -> String {
        std::mem::take(&mut self.prose).join("\n\n")
    }

    fn close(&mut self) {
        let prose = self.asked();
        self.done
            .extend((!prose.is_empty()).then_some(Block::Prose(prose)));
    }

    fn ask(&mut self, interaction: Interaction) {
        self.close();
        self.done.push(Block::Interaction(interaction));
    }

    /// Text with gaps. Paragraphs that follow each other are one passage.
    fn fill_in(&mut self, mut passage: Passage) {
        self.close();
        match self.done.last_mut() {
            Some(Block::Passage(known)) => known.text.paragraphs.append(&mut passage.text.paragraphs),
            _ => self.done.push(Block::Passage(passage)),
        }
    }
}

/// A field that stands alone in its line: the entry, and the unit after it.
type Field<'a> = (&'a Element, String);

impl Reader<'_> {
    pub(super) fn body(
        &mut self,
        body: &Element,
        declared: &Declarations<'_>,
        rules: &Rules<'_>,
    ) -> Result<Vec<Block>, Refusal> {
        let mut blocks = Blocks::default();
        self.walk(&body.nodes, &Known { declared, rules }, &mut blocks)?;
        blocks.close();
        Ok(blocks.done)
    }

    fn walk(&mut self, nodes: &[Node], known: &Known<'_>, blocks: &mut Blocks) -> Result<(), Refusal> {
        let mut rest = nodes;
        while let Some((first, after)) = rest.split_first() {
            if let Node::Element(element) = first
                && stands_alone(first)
            {
                rest = after;
                self.piece(element, known, blocks)?;
                continue;
            }
            let end = rest.iter().position(stands_alone).unwrap_or(rest.len());
            let (line, after) = rest.split_at(end);
            rest = after;
            self.line_of_body(line, known, blocks)?;
        }
        Ok(())
    }

    fn piece(&mut self, element: &Element, known: &Known<'_>, blocks: &mut Blocks) -> Result<(), Refusal> {
        match element.name.as_str() {
            "rubric-block" => {
                let text = self.rubric_block(element)?;
                blocks.say(text);
            }
            "feedback-block" => self.feedback_in_text(element),
            "position-object-stage" => {
                let asked = blocks.asked();
                self.stage(element, asked, blocks)?;
            }
            _ if is_interaction(element) => {
                let has_prompt = element.first("prompt").is_some();
                let asked = if has_prompt { String::new() } else { blocks.asked() };
                let interaction = self.interaction(element, known, asked)?;
                blocks.ask(interaction);
            }
            _ if !element.holds(&is_interaction) => {
                let text = self.block(element)?;
                blocks.say(text);
            }
            "p" => self.line_of_body(&element.nodes, known, blocks)?,
            "div" | "section" | "article" | "figure" | "content-body" => match question(element, known) {
                Some((question, field)) => {
                    let asked = self.blocks(question)?;
                    let interaction = self.field(field, known, asked)?;
                    blocks.ask(interaction);
                }
                None => match staged(element) {
                    Some((question, stage)) => {
                        let asked = self.blocks(question)?;
                        self.stage(stage, asked, blocks)?;
                    }
                    None => self.walk(&element.nodes, known, blocks)?,
                },
            },
            _ => {
                self.note(ChangeCode::LayoutFlattened, element);
                self.fill_in(&element.nodes, known, blocks)?;
            }
        }
        Ok(())
    }

    /// A stage, and what is put on it: a question each, the first with what was asked.
    fn stage(&mut self, stage: &Element, mut asked: String, blocks: &mut Blocks) -> Result<(), Refusal> {
        for object in stage.all("position-object-interaction") {
            let mut prompt = std::mem::take(&mut asked);
            if prompt.is_empty() {
                self.note(ChangeCode::PromptMade, object);
                prompt = escaped(&self.title);
            }
            let interaction = self.position_object(stage, object, prompt)?;
            blocks.ask(interaction);
        }
        Ok(())
    }

    /// What stands in a line of its own: prose, a lonely field, or text with gaps.
    fn line_of_body(&mut self, line: &[Node], known: &Known<'_>, blocks: &mut Blocks) -> Result<(), Refusal> {
        let has_gap = |node: &Node| matches!(node, Node::Element(it) if it.holds(&is_interaction));
        if !line.iter().any(has_gap) {
            let text = self.blocks(line)?;
            blocks.say(text);
            return Ok(());
        }
        match lonely(line, known) {
            Some(field) if !blocks.prose.is_empty() => {
                let asked = blocks.asked();
                let interaction = self.field(field, known, asked)?;
                blocks.ask(interaction);
                Ok(())
            }
            _ => self.fill_in(line, known, blocks),
        }
    }

    fn fill_in(&mut self, nodes: &[Node], known: &Known<'_>, blocks: &mut Blocks) -> Result<(), Refusal> {
        let text = self.flow(nodes, |_| true, is_inline, |reader, gap| reader.gap(gap, known))?;
        let prompt = String::new();
        blocks.fill_in(Passage { prompt, text });
        Ok(())
    }

    fn field(
        &mut self,
        (entry, unit): Field<'_>,
        known: &Known<'_>,
        asked: String,
    ) -> Result<Interaction, Refusal> {
        let mut interaction = self.interaction(entry, known, asked)?;
        if let Interaction::NumericEntry(it) = &mut interaction
            && !unit.is_empty()
        {
            it.unit = UnitEntry::Shown(unit);
        }
        Ok(interaction)
    }
}

fn stands_alone(node: &Node) -> bool {
    let Node::Element(element) = node else {
        return false;
    };
    let is_other = matches!(
        element.name.as_str(),
        "rubric-block" | "feedback-block" | "position-object-stage"
    );
    is_block(element) || is_other || (is_interaction(element) && !is_inline(element))
}

/// The field, if there is nothing else in the line but the unit of a number.
fn lonely<'a>(line: &'a [Node], known: &Known<'_>) -> Option<Field<'a>> {
    let mut field = None;
    let mut unit = String::new();
    for node in line {
        match node {
            Node::Element(it) if field.is_none() && it.name == "text-entry-interaction" => field = Some(it),
            Node::Text(text) if field.is_some() => unit.push_str(text),
            Node::Text(text) if text.trim().is_empty() => {}
            _ => return None,
        }
    }
    let field = field?;
    let unit = unit.trim().to_owned();
    let suits = unit.is_empty() || (known.is_number(field) && unit.chars().count() <= limits::UNIT);
    suits.then_some((field, unit))
}

/// A question and its lonely field, if they are all that there is.
fn question<'a>(element: &'a Element, known: &Known<'_>) -> Option<(&'a [Node], Field<'a>)> {
    let is_element = |node: &Node| matches!(node, Node::Element(_));
    let last = element.nodes.iter().rposition(is_element)?;
    let (question, rest) = element.nodes.split_at(last);
    let Node::Element(line) = rest.first()? else {
        return None;
    };
    let asks = |node: &Node| matches!(node, Node::Element(it) if it.holds(&is_interaction));
    let says = question.iter().any(is_element) && !question.iter().any(asks);
    let field = lonely(&line.nodes, known).filter(|_| line.name == "p")?;
    says.then_some((question, field))
}

/// A question and its stage, if they are all that there is.
fn staged(element: &Element) -> Option<(&[Node], &Element)> {
    let is_element = |node: &Node| matches!(node, Node::Element(_));
    let last = element.nodes.iter().rposition(is_element)?;
    let (question, rest) = element.nodes.split_at(last);
    let Node::Element(stage) = rest.first()? else {
        return None;
    };
    let asks = |node: &Node| matches!(node, Node::Element(it) if it.holds(&is_interaction));
    let says = question.iter().any(is_element) && !question.iter().any(asks);
    (says && stage.name == "position-object-stage").then_some((question, stage))
}
