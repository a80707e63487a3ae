// LocalServer: a socket on this machine that says exactly what a test wants it to say.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace machikoe {

class LocalServer {
  public:
    /// `talk` gets each connection after its first request was read, and closes nothing.
    using Talk = std::function<void(LocalServer&, int connection)>;

    explicit LocalServer(Talk talk) : talk_(std::move(talk)) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address);
        ::listen(socket_, 8);
        socklen_t size = sizeof address;
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~LocalServer() {
        stopping_ = true;
        thread_.join();
        ::close(socket_);
    }
    LocalServer(const LocalServer&) = delete;
    LocalServer& operator=(const LocalServer&) = delete;

    std::string url(const std::string& path = "/v1/batch") const {
        return "http://127.0.0.1:" + std::to_string(port_) + path;
    }
    std::vector<std::string> requests() const {
        const std::lock_guard lock(mutex_);
        return requests_;
    }

    /// Reads one request, head and body; false when the other side has gone.
    bool read_request(int connection) {
        std::string text;
        std::size_t wanted = std::string::npos;
        while (wanted == std::string::npos || text.size() < wanted) {
            char bytes[4096];
            if (!wait_readable(connection)) return false;
            const ssize_t count = ::recv(connection, bytes, sizeof bytes, 0);
            if (count <= 0) return false;
            text.append(bytes, static_cast<std::size_t>(count));
            const std::size_t head = text.find("\r\n\r\n");
            if (head == std::string::npos || wanted != std::string::npos) continue;
            const std::size_t length = text.find("Content-Length: ");
            wanted =
                head + 4 + (length < head ? std::stoul(text.substr(length + 16)) : std::size_t{0});
        }
        const std::lock_guard lock(mutex_);
        requests_.push_back(std::move(text));
        return true;
    }

    /// False when the other side has gone.
    static bool say(int connection, std::string_view text) {
        return ::send(connection, text.data(), text.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(text.size());
    }
    bool stopping() const { return stopping_; }

  private:
    bool wait_readable(int file) const {
        while (!stopping_) {
            pollfd one{file, POLLIN, 0};
            if (::poll(&one, 1, 20) > 0) return true;
        }
        return false;
    }
    void serve() {
        while (wait_readable(socket_)) {
            const int connection = ::accept(socket_, nullptr, nullptr);
            if (connection < 0) continue;
            if (read_request(connection)) talk_(*this, connection);
            ::close(connection);
        }
    }

    Talk talk_;
    int socket_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;
    std::vector<std::string> requests_;
    std::thread thread_;
};

}  // namespace machikoe
