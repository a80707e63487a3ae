#include "app/ui/screens/screens.h"

namespace machikoe {
namespace {

void draw_screen(Ui& ui, const View& view) {
    switch (view.visit.screen) {
        case Screen::Attract:
            return draw_attract(ui, view);
        case Screen::Sleep:
            return draw_sleep(ui, view);
        case Screen::Language:
            return draw_language(ui, view);
        case Screen::Length:
            return draw_length(ui, view);
        case Screen::Overview:
            return draw_overview(ui, view);
        case Screen::Issue:
            return draw_issue(ui, view);
        case Screen::Question:
            return draw_question(ui, view);
        case Screen::Review:
            return draw_review(ui, view);
        case Screen::Saving:
            return draw_saving(ui, view);
        case Screen::SaveFailed:
            return draw_save_failed(ui, view);
        case Screen::Thanks:
            return draw_thanks(ui, view);
    }
}

/// The screen as a picture behind a dialog; its pages are not the dialog's.
void draw_behind(Ui& ui, const View& view) {
    const InertScope inert(ui);
    draw_screen(ui, view);
}

}  // namespace

void draw_visit(Ui& ui, const View& view) {
    switch (view.visit.overlay) {
        case Overlay::None:
            return draw_screen(ui, view);
        case Overlay::Official:
            return draw_official(ui, view);
        case Overlay::Policy:
            return draw_policy(ui, view);
        case Overlay::Help:
            draw_behind(ui, view);
            return draw_help(ui, view);
        case Overlay::Word:
            draw_behind(ui, view);
            return draw_word(ui, view);
        case Overlay::Assistance:
            draw_behind(ui, view);
            return draw_assistance(ui, view);
        case Overlay::Display:
            draw_behind(ui, view);
            return draw_display(ui, view);
        case Overlay::Languages:
            draw_behind(ui, view);
            return draw_languages(ui, view);
        case Overlay::ConfirmQuit:
            draw_behind(ui, view);
            return draw_confirm_quit(ui, view);
        case Overlay::StillThere:
            draw_behind(ui, view);
            return draw_still_there(ui, view);
    }
}

}  // namespace machikoe
