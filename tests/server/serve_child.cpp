// A server in a process of its own, to be killed: serve_child FOLDER.  Prints its port.
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>

#include "app/base/crypto.h"
#include "sync/server/server.h"
#include "tests/server/test_pack.h"

int main(int argc, char** argv) {
    using namespace machikoe;
    if (argc != 2) return 2;
    crypto_ready();
    spdlog::set_level(spdlog::level::off);  // nobody reads the pipe after the port
    auto store = open_sqlite_store(argv[1]);
    if (!store) return 3;
    const PackFiles files = test_pack_files();
    const SystemClock clock;
    auto server = Server::start({.mix = 1}, std::move(*store), files, test_pack(files),
                                load_server_keys(argv[1]).value(), clock);
    if (!server) return 4;
    std::printf("%d\n", static_cast<int>((*server)->port()));
    std::fflush(stdout);
    char byte = 0;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
    (*server)->stop();
    return 0;
}
