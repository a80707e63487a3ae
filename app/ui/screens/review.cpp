#include "app/ui/screens/page.h"

namespace machikoe {

void draw_review(Ui& ui, const View& view) {
    Rect body = draw_page(ui, view);
    Rect bottom = cut_bottom(body, ui.u(kBottomButton), ui.u(24));
    body = draw_title(ui, body, "title", view.str("review.title"));
    TextSpec text = body_text();
    text.size = 38;
    ui.text("explanation", body, view.str("review.explanation"), text);
    const Rect back = cut_left(bottom, bottom.w * 0.32f, ui.u(20));
    if (button(ui, back, "back", view.str("back"), {.icon_before = "arrow_back"}))
        ui.wish(event::Back{});
    if (button(ui, bottom, "submit", view.str("review.submit"),
               {.look = ButtonLook::Primary, .icon_before = "send", .size = 44}))
        ui.wish(event::Submit{});
}

}  // namespace machikoe
