//! Changes to the places: where and when scenes happen, and what stands there.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Base, Change, Revisable, Target, own_place};
use crate::{Place, PlaceKind, Places, RevisionId, SceneId, TimeOfDay, Weather};

/// A change to the place of one scene, or of every scene. A place that two scenes share is changed for the one alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacesChange {
    /// Another part of the day.
    Time {
        /// In this scene; in all when there is none.
        scene: Option<SceneId>,
        /// When.
        time: TimeOfDay,
    },
    /// Other weather.
    Weather {
        /// In this scene; in all when there is none.
        scene: Option<SceneId>,
        /// The weather.
        weather: Weather,
    },
    /// A scene happens somewhere else.
    Move {
        /// Which.
        scene: SceneId,
        /// Where, in words.
        name: String,
        /// What it is drawn as.
        kind: PlaceKind,
    },
    /// A thing more stands there.
    AddProp {
        /// In this scene.
        scene: SceneId,
        /// As one noun.
        prop: String,
    },
    /// A thing less stands there.
    RemoveProp {
        /// In this scene.
        scene: SceneId,
        /// As one noun.
        prop: String,
    },
}

impl Places {
    /// The place of a scene, made its own if it is not yet.
    fn own(&mut self, scene: &SceneId) -> Option<&mut Place> {
        let own = own_place(scene);
        let used = self.of_scene.get(scene)?.clone();
        if used != own {
            let place = Place { id: own.clone(), variant_of: Some(used.clone()), ..self.get(&used)?.clone() };
            self.all.push(place);
            self.of_scene.insert(scene.clone(), own.clone());
            let Self { all, of_scene } = self;
            all.retain(|p| of_scene.values().any(|id| id == &p.id));
            // Behind the drafted ones by id, so that it does not matter which scene was revised first.
            let owned: BTreeSet<_> = of_scene.keys().map(own_place).collect();
            all.sort_by_key(|p| owned.get(&p.id).cloned());
        }
        self.all.iter_mut().find(|p| p.id == own)
    }

    /// The places that a change is about.
    fn meant(&mut self, scene: Option<&SceneId>) -> Vec<&mut Place> {
        match scene {
            Some(scene) => self.own(scene).into_iter().collect(),
            None => self.all.iter_mut().collect(),
        }
    }
}

impl Revisable for Places {
    fn target(&self, change: &Change) -> Target {
        let Change::Places(change) = change else { return Target::Elsewhere };
        let of = |scene: &SceneId| self.of_scene(scene);
        match change {
            PlacesChange::Time { scene: None, .. } | PlacesChange::Weather { scene: None, .. } => {
                Target::Is(Base::any())
            }
            PlacesChange::Time { scene: Some(scene), .. } => Target::part(of(scene).map(|p| p.time)),
            PlacesChange::Weather { scene: Some(scene), .. } => Target::part(of(scene).map(|p| p.weather)),
            PlacesChange::Move { scene, .. } => Target::part(of(scene).map(|p| (&p.name, p.kind))),
            PlacesChange::AddProp { scene, prop } | PlacesChange::RemoveProp { scene, prop } => {
                Target::part(of(scene).map(|p| p.props.contains(prop)))
            }
        }
    }

    fn make(&mut self, _: &RevisionId, change: &Change) {
        let Change::Places(change) = change else { return };
        match change {
            PlacesChange::Time { scene, time } => {
                for place in self.meant(scene.as_ref()) {
                    place.time = *time;
                }
            }
            PlacesChange::Weather { scene, weather } => {
                for place in self.meant(scene.as_ref()) {
                    place.weather = *weather;
                }
            }
            PlacesChange::Move { scene, name, kind } => {
                if let Some(place) = self.own(scene) {
                    place.name.clone_from(name);
                    place.kind = *kind;
                    place.variant_of = None;
                    // What stood at the old place does not stand at the new one.
                    place.props.clear();
                }
            }
            PlacesChange::AddProp { scene, prop } => {
                for place in self.own(scene).into_iter().filter(|p| !p.props.contains(prop)) {
                    place.props.push(prop.clone());
                }
            }
            PlacesChange::RemoveProp { scene, prop } => {
                if let Some(place) = self.own(scene) {
                    place.props.retain(|p| p != prop);
                }
            }
        }
    }
}
