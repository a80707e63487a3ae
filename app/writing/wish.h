// WritingWish: what somebody touched who writes, as a screen returns it.
#pragma once

#include <cstddef>
#include <string>
#include <variant>

#include "app/writing/board.h"

namespace machikoe {

namespace writing_wish {
struct Press {
    std::string key;  // Key::id
};
struct Choose {
    std::size_t candidate;
};
struct UseBoard {
    BoardKind board;
};
struct Insert {
    std::string phrase;  // whole, as it is to be written
};
}  // namespace writing_wish

using WritingWish = std::variant<writing_wish::Press, writing_wish::Choose, writing_wish::UseBoard,
                                 writing_wish::Insert>;

}  // namespace machikoe
