//! Questions.

use std::collections::BTreeSet;

use domain::{assessment::Purpose, id::ItemId};
use service::{Ctx, assessment::item};

use super::{
    super::{DemoError, Doing, content::ItemText, item::item as item_of},
    Loaded, in_place,
};

impl Loaded<'_> {
    pub(super) async fn items(&self, author: &Ctx) -> Result<(), DemoError> {
        for text in &self.content.items {
            let id: ItemId = self.id("item", &text.key);
            item::create(author, id, self.item(text)?)
                .await
                .doing(&text.key)?;
            let draft = item::load(author, id).await.doing(&text.key)?;
            if draft.published.is_none() && !text.draft {
                item::publish(author, id, draft.revision).await.doing(&text.key)?;
            }
        }
        Ok(())
    }

    fn item(&self, text: &ItemText) -> Result<item::Content, DemoError> {
        Ok(item::Content {
            competency: self.id("competency", &text.competency),
            purpose: if text.purpose == "practice" {
                Purpose::Practice
            } else {
                Purpose::Assessment
            },
            difficulty: text.difficulty,
            tags: BTreeSet::new(),
            item: item_of(text, &self.content.course.language, in_place)?,
        })
    }
}
