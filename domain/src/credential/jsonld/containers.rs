//! Values that are kept together: lists and graphs.

use serde_json::Value;

use super::{
    Problem,
    context::ActiveContext,
    definition::{Definition, Meaning},
    expansion::{Result, Scope, Walk},
    keyword::Keyword,
    names::{Member, stands_for},
    path::Step,
};
use crate::credential::rdf::{Node, Object, Span};

const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";

impl<'d> Walk<'d, '_> {
    /// Each value under a `@graph` container becomes a graph of its own, under
    /// a blank node's name.
    pub(super) fn graphs(
        &mut self,
        subject: Node,
        predicate: Span,
        property: &Definition,
        value: &'d Value,
        scope: &Scope,
    ) -> Result<()> {
        if let Value::Array(items) = value {
            for (at, item) in items.iter().enumerate() {
                self.step(Step::Item(at))?;
                self.graphs(subject, predicate, property, item, scope)?;
                self.path.leave();
            }
            return Ok(());
        }
        if value.is_null() {
            return Ok(());
        }
        let name = self.dataset.blank();
        self.push(subject, predicate, name.into())?;
        let outer = self.graph.replace(name);
        let content = self.value(value, property, scope)?;
        self.graph = outer;
        match content {
            Some(Object::Node(_)) => Ok(()),
            _ => Err(self.fail(Problem::InvalidValue)),
        }
    }

    pub(super) fn is_list(value: &Value, active: &ActiveContext) -> bool {
        let Value::Object(members) = value else {
            return false;
        };
        members.keys().any(|name| stands_for(name, Keyword::List, active))
    }

    pub(super) fn list_object(&mut self, members: &[Member<'d, '_>], scope: &Scope) -> Result<Object> {
        let [member] = members else {
            return Err(self.fail(Problem::InvalidValue));
        };
        self.step(Step::Member(member.name))?;
        let items = match member.value {
            Value::Array(items) => items.as_slice(),
            item => std::slice::from_ref(item),
        };
        let plain = Definition::new(Meaning::Nothing, false);
        let list = self.list(items, &plain, scope)?;
        self.path.leave();
        Ok(list)
    }

    /// An RDF list; an array among its items is a list itself.
    pub(super) fn list(
        &mut self,
        items: &'d [Value],
        property: &Definition,
        scope: &Scope,
    ) -> Result<Object> {
        let mut objects = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            self.step(Step::Item(at))?;
            match item {
                Value::Array(items) => objects.push(self.list(items, property, scope)?),
                item => objects.extend(self.value(item, property, scope)?),
            }
            self.path.leave();
        }
        let mut rest = Node::Iri(self.dataset.iri(RDF_NIL));
        for object in objects.into_iter().rev() {
            let cell = self.dataset.blank();
            let first = self.dataset.iri(RDF_FIRST);
            self.push(cell, first, object)?;
            let predicate = self.dataset.iri(RDF_REST);
            self.push(cell, predicate, rest.into())?;
            rest = cell;
        }
        Ok(rest.into())
    }
}
