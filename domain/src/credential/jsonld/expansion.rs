//! From a JSON-LD document to the RDF dataset that it means
//! (JSON-LD API 1.1 §5.1, §7.1 and §8), in one walk.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use super::{
    JsonLdError, Problem,
    context::{ActiveContext, Application, Derived, Work},
    definition::{Coercion, Container, Definition, Meaning},
    iri,
    keyword::Keyword,
    literal,
    names::{Member, Name, expand_iri, meaning_of, stands_for},
    path::{Path, Step},
    store::ContextStore,
};
use crate::credential::{
    jcs::canonical_json,
    rdf::{Dataset, Graph, Node, Object, Quad, Span},
};

/// Statements in one document; 1EdTech's fullest sample has 364.
const MAX_QUADS: usize = 50_000;
/// Bytes of text in those statements: pictures may be inside as `data:` URLs.
const MAX_TEXT: usize = 16 * 1024 * 1024;
/// Term definitions that the contexts of one document may copy or make, beyond
/// those that are remembered.
const MAX_DEFINITIONS: usize = 200_000;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";

/// A document as RDF.
#[derive(Debug, Clone)]
pub struct Expanded {
    /// All that the document says.
    pub dataset: Dataset,
    /// What the document as a whole is about.
    pub root: Node,
}

/// The RDF that `members` mean under `context`, an `@context` value. Members
/// named in `without` are passed over, and so is an `@context` of their own.
pub fn expand(
    members: &Map<String, Value>,
    context: &Value,
    without: &[&str],
    store: &ContextStore,
) -> Result<Expanded, JsonLdError> {
    let mut walk = Walk {
        dataset: Dataset::new(),
        labels: HashMap::new(),
        work: Work {
            store,
            left: MAX_DEFINITIONS,
        },
        path: Path::default(),
        graph: None,
    };
    let scope = Scope {
        active: Arc::clone(store.root()),
        previous: None,
    };
    walk.step(Step::Member("@context"))?;
    let scope = walk.embed(&scope, context)?;
    walk.path.leave();
    match walk.object(members, scope, without)? {
        Some(Object::Node(root)) => Ok(Expanded {
            dataset: walk.dataset,
            root,
        }),
        _ => Err(walk.fail(Problem::InvalidValue)),
    }
}

/// The context in force, and the one to fall back to in the nodes below.
#[derive(Clone)]
pub(super) struct Scope {
    pub(super) active: Arc<ActiveContext>,
    previous: Option<Arc<ActiveContext>>,
}

impl Scope {
    fn after(&self, derived: Derived) -> Self {
        let kept = if derived.reset {
            None
        } else {
            self.previous.clone()
        };
        let previous = if derived.propagate {
            kept
        } else {
            kept.or_else(|| Some(Arc::clone(&self.active)))
        };
        Self {
            active: derived.context,
            previous,
        }
    }
}

pub(super) struct Walk<'d, 's> {
    pub(super) dataset: Dataset,
    /// The blank nodes that the document itself labels.
    labels: HashMap<&'d str, Node>,
    work: Work<'s>,
    pub(super) path: Path<'d>,
    pub(super) graph: Graph,
}

pub(super) type Result<T, E = JsonLdError> = std::result::Result<T, E>;

impl<'d> Walk<'d, '_> {
    /// The objects that `value` stands for under a property, each given to `found`.
    fn each(
        &mut self,
        value: &'d Value,
        property: &Definition,
        scope: &Scope,
        found: &mut dyn FnMut(&mut Self, Object) -> Result<()>,
    ) -> Result<()> {
        if let Value::Array(items) = value {
            for (at, item) in items.iter().enumerate() {
                self.step(Step::Item(at))?;
                self.each(item, property, scope, found)?;
                self.path.leave();
            }
            return Ok(());
        }
        match self.value(value, property, scope)? {
            Some(object) => found(self, object),
            None => Ok(()),
        }
    }

    /// What one value, which is no array, stands for; nothing for null.
    pub(super) fn value(
        &mut self,
        value: &'d Value,
        property: &Definition,
        scope: &Scope,
    ) -> Result<Option<Object>> {
        match value {
            Value::Null => Ok(None),
            Value::Array(_) => Err(self.fail(Problem::InvalidValue)),
            Value::Object(members) => {
                let mut scope = Self::fall_back(members, scope);
                if let Some(local) = &property.scoped {
                    scope = self.narrow(&scope, local, Application::Property)?;
                }
                if let Some(local) = members.get("@context") {
                    self.step(Step::Member("@context"))?;
                    scope = self.embed(&scope, local)?;
                    self.path.leave();
                }
                self.object(members, scope, &[])
            }
            scalar => match &property.scoped {
                Some(local) => {
                    let scope = self.narrow(scope, local, Application::Property)?;
                    self.scalar(scalar, property, &scope.active).map(Some)
                }
                None => self.scalar(scalar, property, &scope.active).map(Some),
            },
        }
    }

    /// A type's own context ends with its node (§5.1.2, step 7).
    fn fall_back(members: &Map<String, Value>, scope: &Scope) -> Scope {
        let is = |name: &str, keyword| stands_for(name, keyword, &scope.active);
        let only_id = || members.len() == 1 && members.keys().all(|name| is(name, Keyword::Id));
        match &scope.previous {
            Some(previous) if !only_id() && !members.keys().any(|name| is(name, Keyword::Value)) => Scope {
                active: Arc::clone(previous),
                previous: None,
            },
            _ => scope.clone(),
        }
    }

    /// A node, value or list object, whose contexts but for its types' are in `scope`.
    fn object(
        &mut self,
        members: &'d Map<String, Value>,
        scope: Scope,
        without: &[&str],
    ) -> Result<Option<Object>> {
        let untyped = Arc::clone(&scope.active);
        let types = self.types(members, &untyped)?;
        let mut scope = scope;
        for name in &types {
            if let Some(local) = untyped
                .term(name)
                .and_then(|definition| definition.scoped.as_ref())
            {
                scope = self.narrow(&scope, local, Application::Type)?;
            }
        }
        let active = Arc::clone(&scope.active);
        let members = self.members(members, &active, without)?;
        let has = |keyword| members.iter().any(|member| member.is(keyword));
        if has(Keyword::Value) {
            self.value_object(&members, &active).map(Some)
        } else if has(Keyword::List) {
            self.list_object(&members, &scope).map(Some)
        } else {
            self.node(&members, &types, &untyped, &scope)
                .map(|node| Some(node.into()))
        }
    }

    /// The names of an object's types, sorted.
    fn types(&self, members: &'d Map<String, Value>, active: &ActiveContext) -> Result<Vec<&'d str>> {
        let mut types = Vec::new();
        for (name, value) in members {
            if !stands_for(name, Keyword::Type, active) {
                continue;
            }
            let names = match value {
                Value::Array(names) => names.as_slice(),
                name => std::slice::from_ref(name),
            };
            for value in names {
                types.push(
                    value
                        .as_str()
                        .ok_or_else(|| self.fail_at(name, Problem::InvalidValue))?,
                );
            }
        }
        types.sort_unstable();
        Ok(types)
    }

    fn members<'a>(
        &self,
        members: &'d Map<String, Value>,
        active: &'a ActiveContext,
        without: &[&str],
    ) -> Result<Vec<Member<'d, 'a>>> {
        let kept = members
            .iter()
            .filter(|(name, _)| *name != "@context" && !without.contains(&name.as_str()));
        kept.map(|(name, value)| {
            let meaning = meaning_of(name, active).map_err(|problem| self.fail_at(name, problem))?;
            Ok(Member { name, value, meaning })
        })
        .collect()
    }

    /// A node object: its types and properties become quads.
    fn node(
        &mut self,
        members: &[Member<'d, '_>],
        types: &[&'d str],
        untyped: &ActiveContext,
        scope: &Scope,
    ) -> Result<Node> {
        let mut ids = members.iter().filter(|member| member.is(Keyword::Id));
        let subject = match (ids.next(), ids.next()) {
            (None, _) => self.dataset.blank(),
            (Some(id), None) => {
                self.step(Step::Member(id.name))?;
                let text = id
                    .value
                    .as_str()
                    .ok_or_else(|| self.fail(Problem::InvalidValue))?;
                let node = self.reference(text, &scope.active, false)?;
                self.path.leave();
                node
            }
            (Some(_), Some(_)) => return Err(self.fail(Problem::Twice("@id"))),
        };
        for name in types {
            self.step(Step::Member("type"))?;
            let class = self.reference(name, untyped, true)?;
            let predicate = self.dataset.iri(RDF_TYPE);
            self.push(subject, predicate, class.into())?;
            self.path.leave();
        }
        for member in members {
            self.step(Step::Member(member.name))?;
            match &member.meaning {
                Name::Keyword(Keyword::Id | Keyword::Type) => {}
                Name::Keyword(_) => return Err(self.fail(Problem::Unsupported(member.name.to_owned()))),
                Name::Property(property) => self.property(subject, property, member.value, scope)?,
            }
            self.path.leave();
        }
        Ok(subject)
    }

    fn property(
        &mut self,
        subject: Node,
        property: &Definition,
        value: &'d Value,
        scope: &Scope,
    ) -> Result<()> {
        let Meaning::Iri(iri) = &property.meaning else {
            return Err(self.fail(Problem::InvalidValue));
        };
        let predicate = self.dataset.iri(iri);
        if property.coercion == Coercion::Json {
            let json = self.dataset.typed(&canonical_json(value), literal::RDF_JSON);
            return self.push(subject, predicate, Object::Literal(json));
        }
        match (property.container, value) {
            (_, Value::Null) => Ok(()),
            (Container::Language, Value::Object(languages)) => {
                self.language_map(subject, predicate, languages)
            }
            (Container::List, value) if !Self::is_list(value, &scope.active) => {
                let items = match value {
                    Value::Array(items) => items.as_slice(),
                    item => std::slice::from_ref(item),
                };
                let list = self.list(items, property, scope)?;
                self.push(subject, predicate, list)
            }
            (Container::Graph, value) => self.graphs(subject, predicate, property, value, scope),
            (_, value) => self.each(value, property, scope, &mut |walk, object| {
                walk.push(subject, predicate, object)
            }),
        }
    }

    /// The node that `text` names.
    pub(super) fn reference(
        &mut self,
        text: &'d str,
        active: &ActiveContext,
        vocabulary: bool,
    ) -> Result<Node> {
        if text.starts_with("_:") {
            let Self { labels, dataset, .. } = self;
            return Ok(*labels.entry(text).or_insert_with(|| dataset.blank()));
        }
        let iri = self.absolute(text, active, vocabulary)?;
        Ok(Node::Iri(self.dataset.iri(&iri)))
    }

    pub(super) fn absolute<'t>(
        &self,
        text: &'t str,
        active: &'t ActiveContext,
        vocabulary: bool,
    ) -> Result<Cow<'t, str>> {
        expand_iri(text, active, vocabulary)
            .filter(|iri| iri::is_absolute(iri))
            .ok_or_else(|| self.fail(Problem::NotAnIri(text.to_owned())))
    }

    fn embed(&mut self, scope: &Scope, local: &Value) -> Result<Scope> {
        let derived = scope
            .active
            .embedded(local, &mut self.work)
            .map_err(|problem| self.fail(problem))?;
        Ok(scope.after(derived))
    }

    fn narrow(&mut self, scope: &Scope, local: &Arc<Value>, application: Application) -> Result<Scope> {
        let derived = scope
            .active
            .scoped(local, application, &mut self.work)
            .map_err(|problem| self.fail(problem))?;
        Ok(scope.after(derived))
    }

    pub(super) fn push(&mut self, subject: Node, predicate: Span, object: Object) -> Result<()> {
        if self.dataset.quads().len() >= MAX_QUADS || self.dataset.size() > MAX_TEXT {
            return Err(self.fail(Problem::TooLarge));
        }
        self.dataset.push(Quad {
            subject,
            predicate,
            object,
            graph: self.graph,
        });
        Ok(())
    }

    pub(super) fn step(&mut self, step: Step<'d>) -> Result<()> {
        if self.path.enter(step) {
            Ok(())
        } else {
            Err(self.fail(Problem::TooDeep))
        }
    }

    pub(super) fn fail_at(&self, name: &str, problem: Problem) -> JsonLdError {
        JsonLdError {
            pointer: self.path.pointer_to(name),
            problem,
        }
    }

    pub(super) fn fail(&self, problem: Problem) -> JsonLdError {
        JsonLdError {
            pointer: self.path.pointer(),
            problem,
        }
    }
}
