#include "sync/client/keeping.h"

namespace machikoe {

Result<std::int64_t> keep(const ToKeep& what, Sealer& sealer, Outbox& outbox) {
    std::vector<Payload> payloads;
    for (std::string& bytes :
         sealer.seal(what.record, what.public_key, what.pack_hash, what.monotonic)) {
        const int responses = kind_of(bytes) == PayloadKind::Opening ? 0 : 1;
        payloads.push_back({std::move(bytes), responses});
    }
    auto sequence = outbox.append(payloads, what.wall);
    if (sequence) sealer.kept();
    return sequence;
}

}  // namespace machikoe
