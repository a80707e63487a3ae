#include "app/neighbours.h"

namespace machikoe {

void Neighbours::heard(const std::shared_ptr<const Totals>& totals) {
    if (totals && totals->pack_hash == hash_) server_ = totals;
}

Shares Neighbours::shares() const {
    if (server_) return {Shares::Source::Server, *server_};
    return {Shares::Source::ThisKiosk, own_.published()};
}

}  // namespace machikoe
