//! From a JSON-LD document to the RDF dataset that it means
//! (JSON-LD API 1.1 §5.1, §7.1 and §8), in one walk.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use serde_json::{Map, Value};

use super::{
    JsonLdError, Pointer, Problem,
    context::{ActiveContext, Application, Derived, Work},
    definition::{Coercion, Container, Definition, Meaning},
    iri,
    keyword::{Keyword, is_reserved},
    literal,
    store::ContextStore,
};
use crate::credential::{
    jcs::canonical_json,
    rdf::{Dataset, Graph, Node, Object, Quad, Span},
};

/// Members and items inside one another; 1EdTech's fullest example has 17.
const MAX_DEPTH: usize = 100;
/// Statements in one document; the same example has 400.
const MAX_QUADS: usize = 50_000;
/// Bytes of text in those statements: pictures may be inside as `data:` URLs.
const MAX_TEXT: usize = 16 * 1024 * 1024;
/// Term definitions that the contexts of one document may copy or make, beyond
/// those that are remembered.
const MAX_DEFINITIONS: usize = 200_000;

const RDF_TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const RDF_FIRST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first";
const RDF_REST: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest";
const RDF_NIL: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#nil";

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
        dataset: Dataset::default(),
        labels: HashMap::new(),
        work: Work {
            store,
            left: MAX_DEFINITIONS,
        },
        path: vec![Step::Member("@context")],
        graph: None,
    };
    let scope = Scope {
        active: Arc::clone(store.root()),
        previous: None,
    };
    let scope = walk.embed(&scope, context)?;
    walk.path.clear();
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
struct Scope {
    active: Arc<ActiveContext>,
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

/// A member of an object, with what its name means.
struct Member<'d, 'a> {
    name: &'d str,
    value: &'d Value,
    meaning: Name<'a>,
}

enum Name<'a> {
    Keyword(Keyword),
    Property(Cow<'a, Definition>),
}

#[derive(Clone, Copy)]
enum Step<'d> {
    Member(&'d str),
    Item(usize),
}

struct Walk<'d, 's> {
    dataset: Dataset,
    /// The blank nodes that the document itself labels.
    labels: HashMap<&'d str, Node>,
    work: Work<'s>,
    path: Vec<Step<'d>>,
    graph: Graph,
}

type Result<T, E = JsonLdError> = std::result::Result<T, E>;

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
                self.path.pop();
            }
            return Ok(());
        }
        match self.value(value, property, scope)? {
            Some(object) => found(self, object),
            None => Ok(()),
        }
    }

    /// What one value, which is no array, stands for; nothing for null.
    fn value(&mut self, value: &'d Value, property: &Definition, scope: &Scope) -> Result<Option<Object>> {
        match value {
            Value::Null => Ok(None),
            Value::Array(_) => Err(self.fail(Problem::InvalidValue)),
            Value::Object(members) => {
                let mut scope = self.fall_back(members, scope);
                if let Some(local) = &property.scoped {
                    scope = self.narrow(&scope, local, Application::Property)?;
                }
                if let Some(local) = members.get("@context") {
                    self.step(Step::Member("@context"))?;
                    scope = self.embed(&scope, local)?;
                    self.path.pop();
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
    fn fall_back(&self, members: &Map<String, Value>, scope: &Scope) -> Scope {
        let is = |name: &str, keyword| keyword_of(name, &scope.active) == Some(keyword);
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
            if keyword_of(name, active) != Some(Keyword::Type) {
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
                self.path.pop();
                node
            }
            (Some(_), Some(_)) => return Err(self.fail(Problem::Twice("@id"))),
        };
        for name in types {
            self.step(Step::Member("type"))?;
            let class = self.reference(name, untyped, true)?;
            let predicate = self.dataset.iri(RDF_TYPE);
            self.push(subject, predicate, class.into())?;
            self.path.pop();
        }
        for member in members {
            self.step(Step::Member(member.name))?;
            match &member.meaning {
                Name::Keyword(Keyword::Id | Keyword::Type) => {}
                Name::Keyword(_) => return Err(self.fail(Problem::Unsupported(member.name.to_owned()))),
                Name::Property(property) => self.property(subject, property, member.value, scope)?,
            }
            self.path.pop();
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
            (Container::List, value) if !self.is_list(value, &scope.active) => {
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

    /// Each value under a `@graph` container becomes a graph of its own, under
    /// a blank node's name.
    fn graphs(
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
                self.path.pop();
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

    fn language_map(
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
            self.path.pop();
        }
        Ok(())
    }

    fn is_list(&self, value: &Value, active: &ActiveContext) -> bool {
        let Value::Object(members) = value else {
            return false;
        };
        members
            .keys()
            .any(|name| keyword_of(name, active) == Some(Keyword::List))
    }

    fn list_object(&mut self, members: &[Member<'d, '_>], scope: &Scope) -> Result<Object> {
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
        self.path.pop();
        Ok(list)
    }

    /// An RDF list; an array among its items is a list itself.
    fn list(&mut self, items: &'d [Value], property: &Definition, scope: &Scope) -> Result<Object> {
        let mut objects = Vec::with_capacity(items.len());
        for (at, item) in items.iter().enumerate() {
            self.step(Step::Item(at))?;
            match item {
                Value::Array(items) => objects.push(self.list(items, property, scope)?),
                item => objects.extend(self.value(item, property, scope)?),
            }
            self.path.pop();
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

    fn value_object(&mut self, members: &[Member<'d, '_>], active: &ActiveContext) -> Result<Object> {
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
    fn scalar(&mut self, value: &'d Value, property: &Definition, active: &ActiveContext) -> Result<Object> {
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
                    Some(language) => language.as_deref(),
                    None => active.language(),
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

    /// The node that `text` names.
    fn reference(&mut self, text: &'d str, active: &ActiveContext, vocabulary: bool) -> Result<Node> {
        if text.starts_with("_:") {
            let Self { labels, dataset, .. } = self;
            return Ok(*labels.entry(text).or_insert_with(|| dataset.blank()));
        }
        let iri = self.absolute(text, active, vocabulary)?;
        Ok(Node::Iri(self.dataset.iri(&iri)))
    }

    fn absolute<'t>(
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

    fn push(&mut self, subject: Node, predicate: Span, object: Object) -> Result<()> {
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

    fn step(&mut self, step: Step<'d>) -> Result<()> {
        if self.path.len() >= MAX_DEPTH {
            return Err(self.fail(Problem::TooDeep));
        }
        self.path.push(step);
        Ok(())
    }

    fn fail_at(&self, name: &str, problem: Problem) -> JsonLdError {
        let mut error = self.fail(problem);
        push_member(&mut error.pointer.0, name);
        error
    }

    fn fail(&self, problem: Problem) -> JsonLdError {
        let mut pointer = String::new();
        for step in &self.path {
            match step {
                Step::Member(name) => push_member(&mut pointer, name),
                Step::Item(at) => pointer.push_str(&format!("/{at}")),
            }
        }
        JsonLdError {
            pointer: Pointer(pointer),
            problem,
        }
    }
}

fn push_member(pointer: &mut String, name: &str) {
    pointer.push('/');
    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
}

impl Member<'_, '_> {
    fn is(&self, keyword: Keyword) -> bool {
        matches!(self.meaning, Name::Keyword(found) if found == keyword)
    }
}

fn keyword_of(name: &str, active: &ActiveContext) -> Option<Keyword> {
    match active.term(name) {
        Some(definition) => match definition.meaning {
            Meaning::Keyword(keyword) => Some(keyword),
            _ => None,
        },
        None => Keyword::parse(name),
    }
}

/// What a member's name means; one that no context defines is a mistake.
fn meaning_of<'a>(name: &str, active: &'a ActiveContext) -> Result<Name<'a>, Problem> {
    if let Some(definition) = active.term(name) {
        return match &definition.meaning {
            Meaning::Keyword(keyword) => Ok(Name::Keyword(*keyword)),
            Meaning::Iri(iri) if iri::is_absolute(iri) => {
                Ok(Name::Property(Cow::Borrowed(definition.as_ref())))
            }
            _ => Err(Problem::UndefinedTerm(name.to_owned())),
        };
    }
    if let Some(keyword) = Keyword::parse(name) {
        return Ok(Name::Keyword(keyword));
    }
    match expand_iri(name, active, true) {
        Some(iri) if iri::is_absolute(&iri) => {
            let definition = Definition::new(Meaning::Iri(iri.as_ref().into()), false);
            Ok(Name::Property(Cow::Owned(definition)))
        }
        _ => Err(Problem::UndefinedTerm(name.to_owned())),
    }
}

/// IRI expansion (§5.2.2), without a base: what stays relative is nothing.
fn expand_iri<'t>(text: &'t str, active: &'t ActiveContext, vocabulary: bool) -> Option<Cow<'t, str>> {
    if is_reserved(text) {
        return None;
    }
    match active.term(text).map(|definition| &definition.meaning) {
        Some(Meaning::Keyword(_)) => return None,
        Some(Meaning::Nothing) if vocabulary => return None,
        Some(Meaning::Iri(iri)) if vocabulary => return Some(Cow::Borrowed(iri)),
        _ => {}
    }
    if let Some((prefix, suffix)) = text.split_once(':') {
        if suffix.starts_with("//") {
            return Some(Cow::Borrowed(text));
        }
        return match active.term(prefix).and_then(|definition| definition.as_prefix()) {
            Some(iri) => Some(Cow::Owned(format!("{iri}{suffix}"))),
            None => Some(Cow::Borrowed(text)),
        };
    }
    let vocabulary = active.vocabulary().filter(|_| vocabulary)?;
    Some(Cow::Owned(format!("{vocabulary}{text}")))
}
