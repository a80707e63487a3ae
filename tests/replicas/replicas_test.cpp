// Two servers, one PostgreSQL and nginx in front of them, as a city runs them.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <fstream>

#include "sync/store/location.h"
#include "tests/programs/machikoe_fixture.h"
#include "tests/store/postgres_cluster.h"

namespace machikoe {
namespace {

using testing::HasSubstr;

/// Nobody has it now; somebody might take it before we do, and nginx then says so.
std::string free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(socket);
    return std::to_string(ntohs(address.sin_port));
}

bool accepts(const std::string& port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(port)));
    const bool is_open =
        ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return is_open;
}

class ReplicasTest : public MachikoeTest {
  protected:
    struct Replica {
        std::string data, port = "0";
        std::unique_ptr<Process> process;
    };

    ReplicasTest() { url_ = schema_in(shared_postgres(), "replicas_" + random_hex(6)); }

    /// Listening when it returns; again on the port that it had.
    void start_replica(Replica& replica, const std::string& name) {
        replica.data = (folder_ / name).string();
        std::filesystem::create_directories(replica.data);
        const std::filesystem::path file = folder_ / (name + ".port");
        std::filesystem::remove(file);
        replica.process = start({"serve", "--data", replica.data, "--database", url_, "--pack",
                                 pack(), "--port", replica.port, "--port-file", file.string()});
        for (int i = 0; i < 3000 && !std::filesystem::exists(file); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        const auto port = load_file(file);
        ASSERT_TRUE(port) << replica.process->output_so_far();
        replica.port = port->substr(0, port->find('\n'));
    }

    /// Passes bytes on: kiosks shall meet the authority that they pinned.
    void start_proxy() {
        proxy_port_ = free_port();
        std::ofstream(folder_ / "nginx.conf")
            << "load_module /usr/lib/nginx/modules/ngx_stream_module.so;\n"
            << "daemon off;\nmaster_process off;\npid " << (folder_ / "nginx.pid").string()
            << ";\nerror_log stderr;\nevents {}\nstream {\n  upstream machikoe {\n"
            << "    server 127.0.0.1:" << one_.port << " max_fails=1 fail_timeout=1s;\n"
            << "    server 127.0.0.1:" << two_.port << " max_fails=1 fail_timeout=1s;\n  }\n"
            << "  server { listen 127.0.0.1:" << proxy_port_
            << "; proxy_connect_timeout 1s; proxy_pass machikoe; }\n}\n";
        proxy_ = std::make_unique<Process>(
            folder_ / "runs", std::vector<std::string>{"/usr/sbin/nginx", "-p", folder_.string(),
                                                       "-c", (folder_ / "nginx.conf").string()});
        for (int i = 0; i < 500 && !accepts(proxy_port_); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_TRUE(accepts(proxy_port_)) << proxy_->output_so_far();
    }

    std::int64_t taken_in() { return std::stoll(in_postgres(url_, "SELECT count(*) FROM ledger")); }
    void wait_until_taken_in(std::int64_t count) {
        for (int i = 0; i < 6000 && taken_in() < count; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_GE(taken_in(), count);
    }
    Ran recount(const Replica& replica) {
        return run({"indicators", "--recount", "--data", replica.data, "--database", url_, "--pack",
                    pack()});
    }

    std::string url_, proxy_port_;
    Replica one_, two_;
    std::unique_ptr<Process> proxy_;
};

TEST_F(ReplicasTest, OneOfTwoIsKilledUnderLoadAndNothingIsLost) {
    constexpr int kResponses = 6000;
    start_replica(one_, "one");
    // The same authority and the same sealing key, as an operator copies them.
    std::filesystem::create_directories(folder_ / "two");
    std::filesystem::copy(folder_ / "one" / "keys", folder_ / "two" / "keys",
                          std::filesystem::copy_options::recursive);
    start_replica(two_, "two");
    start_proxy();

    const auto load =
        start({"simulate", "load", "--url", "https://127.0.0.1:" + proxy_port_, "--data", one_.data,
               "--database", url_, "--pack", pack(), "--kiosks", "20", "--connections", "8",
               "--batch", "50", "--responses", std::to_string(kResponses)});
    wait_until_taken_in(500);
    two_.process->send(SIGKILL);
    two_.process->wait();
    wait_until_taken_in(taken_in() + 500);  // the other goes on alone
    start_replica(two_, "two");

    const Ran sent = load->wait(std::chrono::seconds(200));
    EXPECT_EQ(sent.code, 0) << sent.out << sent.err;
    EXPECT_THAT(sent.out, HasSubstr("lost 0 doubled 0"));
    EXPECT_THAT(sent.out, HasSubstr(std::to_string(kResponses) + " responses"));

    // What each has counted, its own and the other's, is what is in the database.
    for (const Replica* replica : {&one_, &two_}) {
        const Ran counted = recount(*replica);
        EXPECT_EQ(counted.code, 0) << counted.out << counted.err;
        EXPECT_THAT(counted.out, HasSubstr("equal a recount"));
    }
    const Ran ledger = run({"ledger", "--data", one_.data, "--database", url_});
    EXPECT_EQ(ledger.code, 0) << ledger.out;
}

}  // namespace
}  // namespace machikoe
