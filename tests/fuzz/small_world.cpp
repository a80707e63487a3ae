#include "tests/fuzz/small_world.h"

#include "sync/simulation/factory.h"

namespace machikoe::fuzz {

PackFiles small_pack_files() {
    return simulation::pack_files(1);
}

Response small_response() {
    return simulation::response_to(simulation::pack_of(small_pack_files()), "office", "",
                                   {"2022-06-01", 10}, 3, "静かな町");
}

}  // namespace machikoe::fuzz
