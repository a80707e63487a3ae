// A bare HTTP client over one socket: it can also be slow, rude and wrong.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <string>

namespace machikoe {

struct TestReply {
    int status = 0;  // 0: the connection ended without a reply
    std::map<std::string, std::string> headers;
    std::string body;
    bool has(const std::string& name) const { return headers.contains(name); }
};

class HttpClient {
  public:
    explicit HttpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        const timeval limit{20, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    }
    ~HttpClient() { ::close(socket_); }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    bool connected() const { return connected_; }

    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    TestReply read_reply() {
        std::size_t end = 0;
        while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
            if (!receive()) return {};
        TestReply reply;
        reply.status = std::atoi(buffer_.c_str() + sizeof "HTTP/1.1");
        std::size_t at = buffer_.find("\r\n") + 2;
        while (at < end + 2) {
            const std::size_t line_end = buffer_.find("\r\n", at);
            const std::size_t colon = buffer_.find(": ", at);
            std::string name = buffer_.substr(at, colon - at);
            for (char& c : name) c = static_cast<char>(std::tolower(c));
            reply.headers[name] = buffer_.substr(colon + 2, line_end - colon - 2);
            at = line_end + 2;
        }
        buffer_.erase(0, end + 4);
        std::size_t length = 0;
        if (reply.has("content-length")) length = std::stoul(reply.headers["content-length"]);
        while (buffer_.size() < length)
            if (!receive()) return {};
        reply.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
        return reply;
    }

    /// True when the server ended the connection and sent nothing (more).
    bool ended() { return !receive(); }

    TestReply request(const std::string& method, const std::string& target,
                      const std::string& token = "", const std::string& body = "",
                      const std::string& more_headers = "") {
        std::string text = method + " " + target + " HTTP/1.1\r\nHost: test\r\n" + more_headers;
        if (!token.empty()) text += "Authorization: Bearer " + token + "\r\n";
        if (method == "POST")
            text +=
                "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
        // A refusal may come, and the connection end, before all was sent.
        if (!send(text + "\r\n" + body) && buffer_.empty()) receive();
        return read_reply();
    }

  private:
    bool receive() {
        char bytes[16384];
        const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
        if (size <= 0) return false;
        buffer_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    int socket_;
    bool connected_ = false;
    std::string buffer_;
};

}  // namespace machikoe
