//! The desktop shell: translates a window to [`app::App`] and back. It owns the window, the loopback server that
//! feeds `<video>`, the log file and the system's dialogs; it must not decide anything about films.

mod about;
mod closing;
mod commands;
mod desktop;
mod events;
mod licences;
mod log;
mod media_server;
mod studio;
mod updates;

use std::process::ExitCode;

use tauri::{Manager, RunEvent, WebviewWindowBuilder, WindowEvent};
use tauri_plugin_window_state::StateFlags;
use tauri_specta::{Builder, collect_commands, collect_events};

use studio::Studio;
use updates::Updates;

/// The window's name in the configuration and the capabilities.
const WINDOW: &str = "main";

fn contract() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .commands(collect_commands![
            commands::projects::home,
            commands::projects::obstacle,
            commands::projects::project,
            commands::projects::create_project,
            commands::projects::rename_project,
            commands::projects::duplicate_project,
            commands::projects::delete_project,
            commands::projects::undelete_project,
            commands::conversation::send_message,
            commands::conversation::edit_brief,
            commands::conversation::submit_form,
            commands::conversation::another_version,
            commands::runs::start,
            commands::runs::retry,
            commands::runs::cancel,
            commands::runs::pause,
            commands::runs::resume_run,
            commands::runs::cut_now,
            commands::runs::approve_stop,
            commands::runs::send_again,
            commands::runs::raise_cap,
            commands::runs::set_review,
            commands::changes::propose_change,
            commands::changes::apply_proposal,
            commands::changes::dismiss_proposal,
            commands::changes::undo,
            commands::changes::redo,
            commands::changes::go_to_edition,
            commands::takes::takes,
            commands::takes::choose_take,
            commands::takes::approve_take,
            commands::takes::reject_take,
            commands::takes::new_take,
            commands::takes::release_take,
            commands::models::models,
            commands::models::set_model,
            commands::models::set_model_caps,
            commands::models::film_models,
            commands::models::take_models,
            commands::models::test_server,
            commands::models::trial_price,
            commands::models::try_model,
            commands::models::find_servers,
            commands::money::ledger,
            commands::money::set_caps,
            commands::settings::settings,
            commands::settings::set_settings,
            commands::settings::doctor,
            commands::settings::restore_backup,
            commands::desktop::media_base,
            commands::desktop::save_film_as,
            commands::desktop::reveal_film,
            commands::desktop::open_external,
            commands::exports::export_as,
            commands::exports::cancel_export,
            commands::exports::reveal_export,
            commands::exports::import_project,
            commands::exports::arrivals,
            commands::exports::save_report,
            commands::settings::usage,
            commands::settings::clean_up,
            commands::settings::problem_report,
            commands::preferences::preferences,
            commands::preferences::set_preferences,
            about::about,
            closing::close_decision,
            commands::desktop::home_folder,
            commands::updates::updates,
            commands::updates::check_for_update,
            commands::updates::set_update_check,
            commands::updates::download_update,
            commands::updates::install_update,
            commands::updates::skip_update,
        ])
        // One shape a type: the page reads what Rust writes, and the little it writes is spelled out.
        .disable_serde_phases()
        .events(collect_events![
            closing::CloseAsked,
            commands::exports::Arrived,
            commands::exports::ExportHeard,
            commands::models::ServerHeard,
            events::ProjectTold,
            events::SampleTold,
            events::TextTold,
            updates::UpdatesView
        ])
}

/// The TypeScript that the window calls the commands and hears the events with. A development build writes it to a
/// file (`make bindings`), and a test fails when the file is old.
pub fn bindings() -> Result<String, Box<dyn std::error::Error>> {
    let folder = std::env::temp_dir().join(format!("workprint-bindings-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("bindings.ts");
    let exported = contract().export(specta_typescript::Typescript::default(), &file).map_err(Into::into);
    let text = exported.and_then(|()| Ok(std::fs::read_to_string(&file)?));
    let _ = std::fs::remove_dir_all(&folder);
    text
}

/// Opens the window and stays until it is closed.
pub fn run() -> ExitCode {
    if let Err(why) = desktop::fit() {
        return said(&why);
    }
    let home = ::app::home_folder();
    let _log = log::start(&home);
    let contract = contract();
    let handler = contract.invoke_handler();

    let mut builder = tauri::Builder::default();
    if desktop::one_instance() {
        // It must be the first plugin: what comes after it would be started in vain.
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, words, folder| {
            closing::come_back(handle);
            commands::exports::open_files(handle, &words, &folder);
        }));
    }
    // Whether it was to be seen is not remembered: it is hidden when the program ends in the background.
    let remembered = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN;
    let window_state = tauri_plugin_window_state::Builder::default()
        .with_state_flags(remembered)
        .with_filename(home.join("window.json").to_string_lossy());
    let built = builder
        .plugin(window_state.build())
        .plugin(tauri_plugin_store::Builder::default().build())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_updater::Builder::new().build())
        .invoke_handler(handler)
        .setup(move |tauri| {
            contract.mount_events(tauri);
            let handle = tauri.handle().clone();
            tauri.manage(Studio::new(home.clone(), handle.clone()));
            tauri.manage(Updates::new(home.clone(), handle.clone()));
            handle.state::<Updates>().begin();
            let serving = handle.state::<Studio>().serve_media();
            if let Err(error) = serving {
                tracing::error!(%error, "the media server did not start: films cannot be shown");
            }
            // The library opens while the page is still being loaded; a command that comes sooner waits for it.
            tauri::async_runtime::spawn(async move {
                if let Err(problem) = handle.state::<Studio>().app().await {
                    tracing::error!(code = ?problem.code, "the library did not open");
                }
            });
            let words: Vec<String> = std::env::args().collect();
            let folder = std::env::current_dir().unwrap_or_default();
            commands::exports::open_files(tauri.handle(), &words, &folder.to_string_lossy());
            let config = tauri.config().app.windows.first().cloned().unwrap_or_default();
            let window = WebviewWindowBuilder::from_config(tauri, &config)?
                .on_navigation(|url| url.scheme() == "tauri" || (cfg!(dev) && url.host_str() == Some("127.0.0.1")));
            // The page keeps nothing of its own that matters. In a folder that cannot be written it keeps nothing at
            // all, so that the window opens and can say what is wrong.
            let folder = home.join("webview");
            let window = match std::fs::create_dir_all(&folder) {
                Ok(()) => window.data_directory(folder),
                Err(_) => window.incognito(true),
            };
            window.build()?;
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::CloseRequested { api, .. } = event
                && closing::must_ask(window.app_handle())
            {
                api.prevent_close();
            }
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(|handle, event| {
                if let RunEvent::Exit = event {
                    closing::end(handle);
                    handle.state::<Updates>().end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => said(&format!("The window could not be opened: {error}")),
    }
}

/// Says on the terminal why there is no window.
#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn said(why: &str) -> ExitCode {
    eprintln!("workprint: {why}");
    ExitCode::FAILURE
}
