//! Rubric blocks: what scorers mark by.

use super::{
    super::{
        report::{ChangeCode, Refusal, RefusalCode},
        xml::Element,
    },
    Reader,
    declaration::{maximum, points},
    identifier,
};
use crate::assessment::{Criterion, Identifier, Level, Points, Rubric};

/// Levels that a rubric made of a maximum has at most.
const MOST_LEVELS: u32 = 20;

impl Reader<'_> {
    /// What a rubric block says to learners; what it says to scorers is kept for
    /// [`Reader::rubric`].
    pub(super) fn rubric_block(&mut self, block: &Element) -> Result<String, Refusal> {
        let views = block.attribute("view").unwrap_or_default();
        let is_for = |who: &str| views.split_whitespace().any(|view| view == who);
        if is_for("candidate") {
            return self.blocks(&block.nodes);
        }
        if is_for("scorer") {
            let is_criterion = |it: &Element| it.attribute("data-cairn-criterion").is_some();
            if !block.holds(&is_criterion) {
                let text = self.blocks(&block.nodes)?;
                let before = std::mem::take(&mut self.scorers);
                self.scorers = if before.is_empty() {
                    text
                } else {
                    format!("{before}\n\n{text}")
                };
            }
        } else {
            self.note(ChangeCode::RubricDropped, block);
        }
        Ok(String::new())
    }

    /// What a text is marked by: the criteria that the file has for it, or one
    /// made of the scorers' text and the maximum.
    pub(super) fn rubric(&mut self, root: &Element, response: &Identifier) -> Result<Rubric, Refusal> {
        let below = root.below().into_iter();
        let criteria = below.filter(|it| {
            it.attribute("data-cairn-response") == Some(response.as_str())
                && it.attribute("data-cairn-criterion").is_some()
        });
        let criteria = criteria
            .map(|it| self.criterion(it))
            .collect::<Result<Vec<_>, _>>()?;
        if !criteria.is_empty() {
            return Ok(Rubric { criteria });
        }
        self.note(ChangeCode::RubricMade, root);
        let most = maximum(root)
            .filter(|most| *most > Points::ZERO)
            .unwrap_or(Points::ONE);
        let scorers = std::mem::take(&mut self.scorers);
        whole(root, self.title.clone(), scorers, most)
    }

    /// A criterion as it is written here: a heading, its meaning, and a table of levels.
    fn criterion(&mut self, it: &Element) -> Result<Criterion, Refusal> {
        let invalid = || it.refuse(RefusalCode::Invalid);
        let title = it.first("h2").ok_or_else(invalid)?.text().trim().to_owned();
        let description = match it.first("div") {
            Some(description) => self.blocks(&description.nodes)?,
            None => String::new(),
        };
        let mut levels = Vec::new();
        for row in it
            .below()
            .into_iter()
            .filter(|row| row.attribute("data-cairn-level").is_some())
        {
            let cells: Vec<_> = row.elements().collect();
            let [title, worth, descriptor] = cells.as_slice() else {
                return Err(row.refuse(RefusalCode::Invalid));
            };
            levels.push(Level {
                identifier: identifier(row, "data-cairn-level")?,
                title: title.text().trim().to_owned(),
                descriptor: self.blocks(&descriptor.nodes)?,
                points: points(&worth.text()).ok_or_else(invalid)?,
            });
        }
        Ok(Criterion {
            identifier: identifier(it, "data-cairn-criterion")?,
            title,
            description,
            levels,
        })
    }
}

/// One criterion with a level for each point, or with all and nothing.
pub(in crate::assessment) fn whole(
    root: &Element,
    title: String,
    description: String,
    most: Points,
) -> Result<Rubric, Refusal> {
    let whole = u32::try_from(most.hundredths() / 100).unwrap_or(u32::MAX);
    let steps = if most.hundredths() % 100 == 0 && whole < MOST_LEVELS {
        whole
    } else {
        1
    };
    let levels = (0..=steps).map(|step| {
        let points = most.share(i64::from(step), i64::from(steps));
        Ok(Level {
            identifier: named(root, &format!("level-{step}"))?,
            title: points.to_string(),
            descriptor: String::new(),
            points,
        })
    });
    let criterion = Criterion {
        identifier: named(root, "SCORE")?,
        title,
        description,
        levels: levels.collect::<Result<_, _>>()?,
    };
    Ok(Rubric {
        criteria: vec![criterion],
    })
}

fn named(root: &Element, name: &str) -> Result<Identifier, Refusal> {
    name.parse().map_err(|_| root.refuse(RefusalCode::Invalid))
}
