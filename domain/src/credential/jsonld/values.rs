//! Literals: strings, numbers, booleans and value objects.

use serde_json::{Map, Value};

use super::{
    Problem,
    context::ActiveContext,
    definition::{Coercion, Definition, Language},
    expansion::{Result, Walk},
    iri,
    keyword::Keyword,
    literal,
    names::{Member, Name, keyword_of},
    path::Step,
};
use crate::credential::{
    jcs::canonical_json,
    rdf::{Node, Object, Span},
};

impl<'d> Walk<'d, '_> {
    /// An object with `@value` (§4.4.3 of JSON-LD 1.1).
    pub(super) fn value_object(
        &mut self,
        members: &[Member<'d, '_>],
        active: &ActiveContext,
    ) -> Result<Object> {
        let (mut value, mut datatype, mut language) = (None, None, None);
        for member in members {
            let place = match &member.meaning {
                Name::Keyword(Keyword::Value) => &mut value,
                Name::Keyword(Keyword::Type) => &mut datatype,
                Name::Keyword(Keyword::Language) => &mut language,
                Name::Keyword(Keyword::Direction) => {
                    return Err(self.fail_at(member.name, Problem::Unsupported("@direction".to_owned())));
                }
                _ => return Err(self.fail_at(member.name, Problem::InvalidValue)),
            };
            if place.replace(member.value).is_some() {
                return Err(self.fail_at(member.name, Problem::Twice("a part of the value")));
            }
        }
        let invalid = Problem::InvalidValue;
        let literal = match (value.unwrap_or(&Value::Null), datatype, language) {
            (value, Some(Value::String(name)), None) => {
                if keyword_of(name, active) == Some(Keyword::Json) {
                    self.dataset.typed(&canonical_json(value), literal::RDF_JSON)
                } else {
                    let datatype = self.absolute(name, active, true)?.into_owned();
                    self.native(value, Some(&datatype))?
                }
            }
            (Value::String(text), None, Some(Value::String(tag))) => self.language_string(text, tag)?,
            (value, None, None) => self.native(value, None)?,
            _ => return Err(self.fail(invalid)),
        };
        Ok(Object::Literal(literal))
    }

    /// What a string, number or boolean stands for under a property (§5.3.2).
    pub(super) fn scalar(
        &mut self,
        value: &'d Value,
        property: &Definition,
        active: &ActiveContext,
    ) -> Result<Object> {
        let literal = match (value, &property.coercion) {
            (Value::String(text), Coercion::Id) => {
                return self.reference(text, active, false).map(Object::Node);
            }
            (Value::String(text), Coercion::Vocab) => {
                return self.reference(text, active, true).map(Object::Node);
            }
            (value, Coercion::Datatype(datatype)) => self.native(value, Some(datatype))?,
            (Value::String(text), _) => {
                let language = match &property.language {
                    Language::Unspecified => active.language(),
                    Language::None => None,
                    Language::Tag(tag) => Some(tag.as_ref()),
                };
                match language {
                    Some(language) => self.dataset.language_string(text, language),
                    None => self.dataset.string(text),
                }
            }
            (value, _) => self.native(value, None)?,
        };
        Ok(Object::Literal(literal))
    }

    /// A string, number or boolean as a literal.
    fn native(&mut self, value: &Value, datatype: Option<&str>) -> Result<Span> {
        Ok(match value {
            Value::String(text) => match datatype {
                Some(datatype) => self.dataset.typed(text, datatype),
                None => self.dataset.string(text),
            },
            Value::Bool(truth) => {
                let text = if *truth { "true" } else { "false" };
                self.dataset.typed(text, datatype.unwrap_or(literal::XSD_BOOLEAN))
            }
            Value::Number(number) => {
                let (text, natural) = literal::number(number, datatype);
                self.dataset.typed(&text, datatype.unwrap_or(natural))
            }
            _ => return Err(self.fail(Problem::InvalidValue)),
        })
    }

    fn language_string(&mut self, text: &str, tag: &str) -> Result<Span> {
        if iri::is_language(tag) {
            Ok(self.dataset.language_string(text, tag))
        } else {
            Err(self.fail(Problem::InvalidLanguage(tag.to_owned())))
        }
    }

    /// Strings by their language (§9.8 of JSON-LD 1.1).
    pub(super) fn language_map(
        &mut self,
        subject: Node,
        predicate: Span,
        languages: &'d Map<String, Value>,
    ) -> Result<()> {
        for (language, value) in languages {
            self.step(Step::Member(language))?;
            let texts = match value {
                Value::Array(texts) => texts.as_slice(),
                text => std::slice::from_ref(text),
            };
            for text in texts {
                let text = text.as_str().ok_or_else(|| self.fail(Problem::InvalidValue))?;
                let literal = match language.as_str() {
                    "@none" => self.dataset.string(text),
                    tag => self.language_string(text, tag)?,
                };
                self.push(subject, predicate, Object::Literal(literal))?;
            }
            self.path.leave();
        }
        Ok(())
    }
}
