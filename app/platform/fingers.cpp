#include "app/platform/fingers.h"

namespace machikoe {

std::vector<PointerChange> Fingers::next(const TouchEvent& event) {
    std::vector<PointerChange> changes;
    if (event.kind == TouchEvent::Kind::Begin) {
        if (newest_) changes.push_back({PointerKind::Cancel, x_, y_});
        newest_ = event.finger;
        changes.push_back({PointerKind::Down, event.x, event.y});
    } else if (newest_ != event.finger) {
        return changes;
    } else if (event.kind == TouchEvent::Kind::Update) {
        changes.push_back({PointerKind::Move, event.x, event.y});
    } else {
        newest_.reset();
        changes.push_back({PointerKind::Up, event.x, event.y});
    }
    x_ = event.x;
    y_ = event.y;
    return changes;
}

}  // namespace machikoe
