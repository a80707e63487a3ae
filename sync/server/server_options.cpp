#include "sync/server/server.h"

namespace machikoe {

RoutesOptions routes_options_of(const ServerOptions& options) {
    return {.mix = options.mix,
            .authority = options.tls ? options.tls->authority : std::string(),
            .batches_per_second = options.batches_per_second,
            .tries_per_second = options.tries_per_second,
            .version = options.version,
            .exports = {options.data / "exports", options.version, options.open_reader},
            .metrics = options.metrics,
            .log_ins_per_second = options.log_ins_per_second,
            .public_origin = options.public_origin};
}

}  // namespace machikoe
