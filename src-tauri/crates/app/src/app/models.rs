//! Which models new films are made with: chosen, tried, found, removed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use engine::Micros;
use library::ProjectId;
use models::{ListedModel, ModelsFile, Secret, list_models, place_of};
use tokio::sync::broadcast;
use tokio::task::JoinSet;

use super::{App, id};
use crate::choice;
use crate::keys::{KeychainError, Keys};
use crate::problem::{bad_request, from_model, internal, not_now};
use crate::view::micros;
use crate::wire::{
    ErrorCode, FilmModelRow, FilmModelsView, FoundServer, KeyEdit, KeyView, ModelKind, ModelRow, ModelsView,
    OfferedModel, Problem, ServerAnswer, ServerEdit, ServerTold,
};

/// The setting with the choice: a models file without keys.
const CHOICE: &str = "models";
/// What a film may cost until the person says otherwise: 5 US dollars.
const FILM_CAP: u64 = 5_000_000;
/// How long a server of this machine has to say that it is there.
const SOON: Duration = Duration::from_secs(2);

/// The ports that servers of models usually listen on, and what they are called.
const USUAL: [(u16, &str); 4] = [(11434, "Ollama"), (1234, "LM Studio"), (8080, "llama.cpp"), (8000, "vLLM")];
/// The ports that servers of models usually listen on.
pub const LOCAL_PORTS: [u16; 4] = [USUAL[0].0, USUAL[1].0, USUAL[2].0, USUAL[3].0];

/// What is known of servers, and who is told about them.
pub(crate) struct Models {
    keys: Arc<Keys>,
    told: broadcast::Sender<ServerTold>,
    /// Whoever changes the choice holds it.
    changing: tokio::sync::Mutex<()>,
}

impl Models {
    pub(crate) fn new(keys: Arc<Keys>, behind: usize) -> Self {
        Self { keys, told: broadcast::channel(behind).0, changing: tokio::sync::Mutex::default() }
    }
}

impl From<KeychainError> for Problem {
    fn from(error: KeychainError) -> Self {
        Self {
            code: ErrorCode::NotNow,
            message: story::sentence_case(&error.to_string()),
            hint: error.hint().to_owned(),
            retryable: true,
        }
    }
}

fn offered(models: Vec<ListedModel>) -> Vec<OfferedModel> {
    models.into_iter().map(|model| OfferedModel { id: model.id, ends: model.ends.unwrap_or_default() }).collect()
}

impl App {
    /// Who makes new films, and what they may cost.
    pub async fn models(&self) -> Result<ModelsView, Problem> {
        let file = self.choice().await?;
        let keys = &self.inner.models.keys;
        let mut rows = Vec::new();
        for kind in ModelKind::ALL {
            let key = match choice::table(&file, kind) {
                Some(table) => self.key_view(table.key.as_ref()).await,
                None => KeyView::None,
            };
            rows.push(ModelRow { kind, server: choice::view(&file, kind, key) });
        }
        Ok(ModelsView {
            rows,
            film_micros: file.caps.run.map(|cap| micros(Micros(cap))),
            day_micros: self.direction().day_cap().await?.map(micros),
            keychain: keys.has_keychain().await,
            key_file: keys.file().display().to_string(),
        })
    }

    async fn key_view(&self, key: Option<&models::KeyRef>) -> KeyView {
        let keys = &self.inner.models.keys;
        match key {
            None => KeyView::None,
            Some(models::KeyRef::Env(variable)) => {
                KeyView::Env { variable: variable.clone(), there: std::env::var_os(variable).is_some() }
            }
            Some(models::KeyRef::Kept(address)) => match keys.place(address).await {
                Ok(Some(place)) => KeyView::Kept { place },
                Ok(None) => KeyView::Gone,
                Err(error) => KeyView::Locked { why: story::sentence_case(&error.to_string()) },
            },
        }
    }

    /// From now on new films have what a kind makes from this server, or from the built-in model. A key that no model
    /// needs any more is forgotten.
    pub async fn set_model(&self, kind: ModelKind, server: Option<ServerEdit>) -> Result<ModelsView, Problem> {
        let _alone = self.inner.models.changing.lock().await;
        let before = self.choice().await?;
        let after = choice::with(before.clone(), kind, server.as_ref())?;
        let keys = &self.inner.models.keys;
        if let Some(edit) = &server {
            let address = choice::address(&edit.base_url, &edit.key)?;
            match &edit.key {
                KeyEdit::New { key, place } => {
                    checked_key(&key.0)?;
                    keys.keep(&address, key.0.trim(), *place).await?;
                }
                KeyEdit::Kept if keys.place(&address).await?.is_none() => return Err(no_key(&address)),
                _ => {}
            }
        }
        for unused in choice::kept(&before).difference(&choice::kept(&after)) {
            keys.forget(unused).await?;
        }
        self.choose(after).await?;
        self.models().await
    }

    /// From now on a new film may cost so much, and a day with all projects so much.
    pub async fn set_model_caps(&self, film: Option<u32>, day: Option<u32>) -> Result<ModelsView, Problem> {
        let _alone = self.inner.models.changing.lock().await;
        let mut file = self.choice().await?;
        file.caps.run = film.map(u64::from);
        self.direction().set_day_cap(day.map(|cap| Micros(cap.into()))).await?;
        self.choose(file).await?;
        self.models().await
    }

    /// The choice as it is kept.
    async fn choice(&self) -> Result<ModelsFile, Problem> {
        let stored = self.library().setting(CHOICE).await?;
        let caps = models::Caps { run: Some(FILM_CAP), ..models::Caps::default() };
        Ok(stored.and_then(|v| serde_json::from_value(v).ok()).unwrap_or(ModelsFile { caps, ..ModelsFile::default() }))
    }

    async fn choose(&self, file: ModelsFile) -> Result<(), Problem> {
        let value = serde_json::to_value(&file).map_err(|e| internal(e.to_string()))?;
        self.library().set_setting(CHOICE, value).await?;
        for project in self.library().projects().await? {
            // One project that cannot be read is no reason to keep the others from it.
            if let Err(problem) = self.follow_models(&project.id).await {
                tracing::warn!(project = %project.id, code = ?problem.code, "its models stay as they were");
            }
        }
        Ok(())
    }

    /// A project that nothing was made in yet takes the models of the settings.
    pub(super) async fn follow_models(&self, project: &ProjectId) -> Result<(), Problem> {
        Ok(self.direction().follow_models(project, self.chosen().await?).await?)
    }

    /// The choice, when it has a model that is not built in.
    async fn chosen(&self) -> Result<Option<ModelsFile>, Problem> {
        let file = self.choice().await?;
        Ok((!file.models().is_empty()).then_some(file))
    }

    /// Who makes a project's film.
    pub async fn film_models(&self, project: &str) -> Result<FilmModelsView, Problem> {
        let own = self.direction().models_of(&id(project)?).await?;
        let rows = ModelKind::ALL.into_iter().map(|kind| {
            let table = own.as_ref().and_then(|file| choice::table(file, kind));
            let named = |of: fn(&models::ModelTable) -> &String| table.map(of).cloned().unwrap_or_default();
            FilmModelRow { kind, model: named(|table| &table.model), name: named(|table| &table.provider) }
        });
        let others = choice::makers(own.as_ref()) != choice::makers(self.chosen().await?.as_ref());
        Ok(FilmModelsView { rows: rows.collect(), others })
    }

    /// From now on a project's film is made with the models of the settings, whatever it was begun with. What was made is
    /// kept; what other models would make anew is shown as a plan. Not while it is being made.
    pub async fn take_models(&self, project: &str, request: &str) -> Result<(), Problem> {
        let work = async {
            if self.is_running(project) {
                return Err(not_now("The film is being made.", "Stop it first; what was made is kept."));
            }
            Ok(self.direction().take_models(&id(project)?, self.chosen().await?).await?)
        };
        self.once(request, work).await
    }

    /// Answers to [`App::test_server`] and [`App::find_servers`].
    pub fn servers(&self) -> broadcast::Receiver<ServerTold> {
        self.inner.models.told.subscribe()
    }

    /// Asks a server which models it has, with a key that is not kept for that. It costs nothing. The answer is told by
    /// [`App::servers`].
    pub fn test_server(&self, request: &str, base_url: &str, key: KeyEdit) -> Result<(), Problem> {
        let address = choice::address(base_url, &key)?;
        self.ask(request, move |app| async move {
            match app.try_server(&address, &key).await {
                Ok((models, ms)) => ServerAnswer::Works { models, ms },
                Err(problem) => ServerAnswer::Failed { problem },
            }
        });
        Ok(())
    }

    async fn try_server(&self, address: &str, key: &KeyEdit) -> Result<(Vec<OfferedModel>, u32), Problem> {
        let key = self.key_said(address, key).await?;
        let began = Instant::now();
        let models = list_models(address, key, &place_of(address)).await.map_err(from_model)?;
        Ok((offered(models), u32::try_from(began.elapsed().as_millis()).unwrap_or(u32::MAX)))
    }

    /// The key for an address, as it was said, without keeping it.
    pub(super) async fn key_said(&self, address: &str, key: &KeyEdit) -> Result<Option<Secret>, Problem> {
        Ok(match (key, choice::key_ref(address, key)?) {
            (KeyEdit::New { key, .. }, _) => Some(checked_key(&key.0)?),
            (_, Some(place)) => {
                let found = self.inner.models.keys.get(&place).await?;
                Some(found.ok_or_else(|| no_key(address))?)
            }
            (_, None) => None,
        })
    }

    /// Looks which of these ports of this machine a server of models answers at. The answer is told by [`App::servers`].
    pub fn find_servers(&self, request: &str, ports: &[u16]) {
        let ports = ports.to_vec();
        self.ask(request, move |_| async move {
            let mut asked = JoinSet::new();
            for (at, port) in ports.into_iter().enumerate() {
                asked.spawn(async move { (at, at_port(port).await) });
            }
            let mut found = asked.join_all().await;
            found.sort_by_key(|(at, _)| *at);
            ServerAnswer::Found { servers: found.into_iter().filter_map(|(_, server)| server).collect() }
        });
    }

    pub(super) fn ask<F: Future<Output = ServerAnswer> + Send + 'static>(
        &self,
        request: &str,
        question: impl FnOnce(Self) -> F,
    ) {
        let (told, request) = (self.inner.models.told.clone(), request.to_owned());
        let answer = question(self.clone());
        tokio::spawn(async move {
            // Nobody listening is no fault.
            let _ = told.send(ServerTold { request, answer: answer.await });
        });
    }
}

/// The server at a port of this machine, if one answers as servers of models do.
async fn at_port(port: u16) -> Option<FoundServer> {
    let base_url = format!("http://127.0.0.1:{port}/v1");
    let place = place_of(&base_url);
    let models = tokio::time::timeout(SOON, list_models(&base_url, None, &place)).await.ok()?.ok()?;
    let usual = USUAL.iter().find(|(usual, _)| *usual == port);
    let name = usual.map_or(place, |(_, name)| (*name).to_owned());
    Some(FoundServer { name, base_url, models: offered(models) })
}

fn checked_key(text: &str) -> Result<Secret, Problem> {
    let key =
        Secret::new(text).ok_or_else(|| bad_request("There is no key.", "Paste it, or say that there is none."))?;
    if key.can_be_sent() {
        Ok(key)
    } else {
        Err(bad_request("The key has characters that no key has.", "Paste it again."))
    }
}

fn no_key(address: &str) -> Problem {
    bad_request(format!("There is no key for {}.", place_of(address)), "Paste it.")
}
