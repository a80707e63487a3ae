#include "sync/odata/metadata.h"

#include "sync/odata/answer.h"

namespace machikoe::odata {
namespace {

std::string_view name_of(Type type) {
    switch (type) {
        case Type::String:
            return "Edm.String";
        case Type::Boolean:
            return "Edm.Boolean";
        case Type::Int32:
            return "Edm.Int32";
        case Type::Double:
            return "Edm.Double";
    }
    return "Edm.String";
}

/// Names of columns are letters of our own: nothing to escape.
std::string paths_of_figures(const Table& table) {
    std::string paths = "<Collection>";
    for (const Column& column : table.columns)
        if (column.use == Use::Figure) paths += "<PropertyPath>" + column.name + "</PropertyPath>";
    return paths + "</Collection>";
}

/// So that a client that can (Power Query) filters and sorts by figures itself.
std::string restrictions(const Table& table) {
    const auto restriction = [&](std::string_view term, std::string_view property) {
        return "<Annotation Term=\"Org.OData.Capabilities.V1." + std::string(term) +
               "\"><Record><PropertyValue Property=\"" + std::string(property) + "\">" +
               paths_of_figures(table) + "</PropertyValue></Record></Annotation>";
    };
    return restriction("FilterRestrictions", "NonFilterableProperties") +
           restriction("SortRestrictions", "NonSortableProperties");
}

}  // namespace

std::string metadata(const Table& table) {
    const std::string type(kEntityType), space(kNamespace), set(kEntitySet);
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<edmx:Edmx xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\" Version=\"4.0\">"
        "<edmx:Reference Uri=\"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/"
        "Org.OData.Capabilities.V1.xml\"><edmx:Include Namespace=\"Org.OData.Capabilities.V1\"/>"
        "</edmx:Reference><edmx:DataServices>"
        "<Schema xmlns=\"http://docs.oasis-open.org/odata/ns/edm\" Namespace=\"" +
        space + "\"><EntityType Name=\"" + type + "\"><Key><PropertyRef Name=\"" +
        table.columns.front().name + "\"/></Key>";
    for (const Column& column : table.columns) {
        xml += "<Property Name=\"" + column.name + "\" Type=\"";
        xml += name_of(column.type);
        xml += &column == &table.columns.front() ? "\" Nullable=\"false\"/>" : "\"/>";
    }
    return xml + "</EntityType><EntityContainer Name=\"Container\"><EntitySet Name=\"" + set +
           "\" EntityType=\"" + space + "." + type + "\">" + restrictions(table) +
           "</EntitySet></EntityContainer></Schema></edmx:DataServices></edmx:Edmx>\n";
}

}  // namespace machikoe::odata
