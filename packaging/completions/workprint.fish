# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_workprint_global_optspecs
    string join \n h/help V/version
end

function __fish_workprint_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_workprint_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_workprint_using_subcommand
    set -l cmd (__fish_workprint_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c workprint -n "__fish_workprint_needs_command" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_needs_command" -s V -l version -d 'Print version'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "film" -d 'Make a film in a new project; prints where it is'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "say" -d 'Say something in a project, or in a new one'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "plan" -d 'Show the plan and price of a message, making nothing'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "projects" -d 'List the projects'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "resume" -d 'Go on with a run that was stopped, cut off or waits; the last one when none is named'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "undo" -d 'Take the last decision about a film back'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "redo" -d 'Make the decision again that was taken back last'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "takes" -d 'List the takes of a frame, a clip or another result'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "approve" -d 'Approve of what is there: a take, or a review stop that waits, after which the run goes on'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "ledger" -d 'Show what was paid for'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "export" -d 'Save the film, its sound, its subtitles, the script, the storyboard or the whole project as a file; prints where'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "import" -d 'Open a project file (.workprint) as a new project; prints its id'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "events" -d 'Print the record of a run as JSON lines, the last one when none is named'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "doctor" -d 'Say what is there and what is missing for making films'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "sheet" -d 'Draw a contact sheet: one labelled picture for each noun, place or style'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "understand" -d 'Understand messages: JSON lines in, JSON lines out'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "bench" -d 'Make a film of the given length and print how long each stage took'
complete -c workprint -n "__fish_workprint_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c workprint -n "__fish_workprint_using_subcommand film" -l out -d 'Save the film here (subtitles beside it); otherwise it stays in the library' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand film" -l size -d 'The picture size, for example 1280x720' -r
complete -c workprint -n "__fish_workprint_using_subcommand film" -l fps -d 'Frames a second' -r
complete -c workprint -n "__fish_workprint_using_subcommand film" -l models -d 'Make it with the models of this file' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand film" -l cap -d 'Spend no more than so many US dollars in a run' -r
complete -c workprint -n "__fish_workprint_using_subcommand film" -l events -d 'Write the record of the run to this file, as JSON lines' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand film" -l yes -d 'Take the defaults and start'
complete -c workprint -n "__fish_workprint_using_subcommand film" -l review -d 'Stop after each stage, to be looked at'
complete -c workprint -n "__fish_workprint_using_subcommand film" -l send-again -d 'Yes to sending calls again of which nobody knows whether they were done; they may cost twice'
complete -c workprint -n "__fish_workprint_using_subcommand film" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand say" -l project -d 'The project; a new one when none is named' -r
complete -c workprint -n "__fish_workprint_using_subcommand say" -l models -d 'From now on, make the project\'s films with the models of this file' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand say" -l yes -d 'Start the plan, or apply the change, that comes of it, and wait for the film'
complete -c workprint -n "__fish_workprint_using_subcommand say" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand say" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand plan" -l models -d 'Make it with the models of this file' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand plan" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand plan" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand projects" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand projects" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand resume" -l out -d 'Save the film here (subtitles beside it); otherwise it stays in the library' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand resume" -l cap -d 'From now on, spend no more than so many US dollars where a cap was reached' -r
complete -c workprint -n "__fish_workprint_using_subcommand resume" -l events -d 'Write the record of the run to this file, as JSON lines' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand resume" -l send-again -d 'Yes to sending calls again of which nobody knows whether they were done; they may cost twice'
complete -c workprint -n "__fish_workprint_using_subcommand resume" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand undo" -l project -d 'The project; the one that changed last when none is named' -r
complete -c workprint -n "__fish_workprint_using_subcommand undo" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand redo" -l project -d 'The project; the one that changed last when none is named' -r
complete -c workprint -n "__fish_workprint_using_subcommand redo" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand takes" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand takes" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand approve" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand ledger" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand ledger" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand export" -l as -d 'What to save it as' -r -f -a "mp4\t'The film, a scene or a shot of it'
wav\t'Its sound, uncompressed'
mp3\t'Its sound'
srt\t'Subtitles, SubRip'
vtt\t'Subtitles, WebVTT'
fountain\t'The script for screenwriting programs'
txt\t'The script as plain text'
script-pdf\t'The script on pages'
storyboard-pdf\t'The storyboard on pages'
png\t'The drawn frames, as a folder of PNG files'
csv\t'The shot list'
gif\t'A moving picture'
still\t'One picture'
workprint\t'The whole project, to be opened elsewhere'"
complete -c workprint -n "__fish_workprint_using_subcommand export" -l out -d 'Where to; the ending is added when it is missing. Otherwise here, under the project\'s name' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand export" -l scene -d 'One scene alone, from 1' -r
complete -c workprint -n "__fish_workprint_using_subcommand export" -l shot -d 'One shot alone: its number in the scene or, without a scene, in the film' -r
complete -c workprint -n "__fish_workprint_using_subcommand export" -l at -d 'The moment of a still, in seconds' -r
complete -c workprint -n "__fish_workprint_using_subcommand export" -l size -d 'The picture size: 720p, 1080p or the shorter side in pixels' -r
complete -c workprint -n "__fish_workprint_using_subcommand export" -l captions -d 'What becomes of the captions; as the film has them otherwise' -r -f -a "burned\t'In the picture'
track\t'A track that players can switch on'
off\t'None'"
complete -c workprint -n "__fish_workprint_using_subcommand export" -l no-captions -d 'Without captions'
complete -c workprint -n "__fish_workprint_using_subcommand export" -l no-history -d 'Of a project: leave out earlier takes, decisions and runs'
complete -c workprint -n "__fish_workprint_using_subcommand export" -l force -d 'Replace what is there'
complete -c workprint -n "__fish_workprint_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c workprint -n "__fish_workprint_using_subcommand import" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand events" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand doctor" -l json -d 'As JSON'
complete -c workprint -n "__fish_workprint_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand sheet" -l nouns -d 'A file with one noun a line' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand sheet" -l out -d 'Where to write the PNG' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand sheet" -l places -d 'Every place'
complete -c workprint -n "__fish_workprint_using_subcommand sheet" -l styles -d 'Every style'
complete -c workprint -n "__fish_workprint_using_subcommand sheet" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand understand" -l models -d 'What the rules are not sure of is read by the chat model of this file' -r -F
complete -c workprint -n "__fish_workprint_using_subcommand understand" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand bench" -s h -l help -d 'Print help'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "film" -d 'Make a film in a new project; prints where it is'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "say" -d 'Say something in a project, or in a new one'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "plan" -d 'Show the plan and price of a message, making nothing'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "projects" -d 'List the projects'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "resume" -d 'Go on with a run that was stopped, cut off or waits; the last one when none is named'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "undo" -d 'Take the last decision about a film back'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "redo" -d 'Make the decision again that was taken back last'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "takes" -d 'List the takes of a frame, a clip or another result'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "approve" -d 'Approve of what is there: a take, or a review stop that waits, after which the run goes on'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "ledger" -d 'Show what was paid for'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "export" -d 'Save the film, its sound, its subtitles, the script, the storyboard or the whole project as a file; prints where'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "import" -d 'Open a project file (.workprint) as a new project; prints its id'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "events" -d 'Print the record of a run as JSON lines, the last one when none is named'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "doctor" -d 'Say what is there and what is missing for making films'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "sheet" -d 'Draw a contact sheet: one labelled picture for each noun, place or style'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "understand" -d 'Understand messages: JSON lines in, JSON lines out'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "bench" -d 'Make a film of the given length and print how long each stage took'
complete -c workprint -n "__fish_workprint_using_subcommand help; and not __fish_seen_subcommand_from film say plan projects resume undo redo takes approve ledger export import events doctor sheet understand bench help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
