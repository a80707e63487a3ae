// Written text: what somebody has written so far, where it is still being composed, and what in
// it tells how to reach them.
#pragma once

#include <optional>

#include "app/ui/screens/page.h"

namespace machikoe {

/// Height of the field with so many lines, in px, at the full size of its words or at their floor.
float written_height(Ui& ui, int lines, Ui::At at);
/// The end of the text where it has no room as a whole.  REQUIRES: view.writing.
void draw_written(Ui& ui, const View& view, const Rect& area);

/// What has to be said about it: contact details, that it is full, that there is no conversion.
struct WritingNotice {
    std::string id, icon, words;
};
/// The most urgent; nullopt: nothing.  REQUIRES: view.writing.
std::optional<WritingNotice> notice_of(const View& view);
/// What not to write, in a few words.
WritingNotice reminder(const View& view);
/// px.  At the floor of its words it may be set without ruby.
float notice_height(Ui& ui, const WritingNotice& notice, float width, Ui::At at = Ui::At::Full);
void draw_notice(Ui& ui, const WritingNotice& notice, const Rect& rect);

}  // namespace machikoe
