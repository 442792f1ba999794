//! The members of a JSON object, without the empty ones.

use serde_json::{Map, Value, json};

#[derive(Debug, Default)]
pub(super) struct Members(Map<String, Value>);

impl Members {
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn typed(class: &str) -> Self {
        Self::new().set("type", json!([class]))
    }

    pub(super) fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    pub(super) fn some(self, name: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    pub(super) fn text(self, name: &str, text: Option<&str>) -> Self {
        self.some(name, text.filter(|text| !text.is_empty()))
    }

    pub(super) fn list(self, name: &str, items: impl Iterator<Item = impl Into<Value>>) -> Self {
        let items: Vec<Value> = items.map(Into::into).collect();
        if items.is_empty() {
            self
        } else {
            self.set(name, items)
        }
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}
