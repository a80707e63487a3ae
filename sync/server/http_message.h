// HttpMessage: between Beast's messages and ours.  For server.cpp only.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <string>

#include "sync/server/routes.h"

namespace machikoe {

using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

std::string text_of(boost::beast::string_view view);

/// Takes the body.  `address`: whose it is.
HttpRequest request_of(Parser& parser, const std::string& address);

/// With the headers that every reply has.
boost::beast::http::response<boost::beast::http::string_body> message_of(HttpResponse answer,
                                                                         bool keep_alive);

}  // namespace machikoe
