import Coordinator
import HTTPTypes

/// The interface as OpenAPI 3.1, made from the same table as the router.
enum OpenAPIDocument {
    /// `GET /openapi.json`, which describes these calls.
    static func route(describing calls: [Route]) -> Route {
        let bytes = document(of: calls)
        return Route(
            .get, "/openapi.json", "This document", access: .anyone, replies: [.json(200, "OpenAPI 3.1")]
        ) { _ in
            .text(200, "application/json", bytes)
        }
    }

    static func document(of routes: [Route]) -> [UInt8] {
        var json = JSONWriter(capacity: 64 * 1024)
        json.object {
            $0.field("openapi", "3.1.0")
            $0.object("info") {
                $0.field("title", "dmcheck")
                $0.field("version", "1")
                $0.field("description", "Hands out lists of users to volunteers and takes back what they find.")
            }
            $0.object("paths") { json in
                for path in orderedPaths(routes) {
                    json.key(named: path)
                    json.object { json in
                        for route in routes where route.path.text == path {
                            json.key(named: route.method.rawValue.lowercased())
                            write(route, to: &json)
                        }
                    }
                }
            }
            $0.object("components") { components(&$0) }
        }
        return json.bytes
    }

    private static func orderedPaths(_ routes: [Route]) -> [String] {
        var seen: Set<String> = []
        return routes.map(\.path.text).filter { seen.insert($0).inserted }
    }

    private static func write(_ route: Route, to json: inout JSONWriter) {
        json.object {
            $0.field("summary", route.summary)
            $0.field("operationId", operationID(route))
            $0.array("security") { json in
                guard case .token = route.access else { return }
                json.object { $0.array("bearer") { _ in } }
            }
            $0.array("parameters") { parameters(route, &$0) }
            requestBody(route.body, &$0)
            $0.object("responses") { responses(route, &$0) }
        }
    }

    private static func operationID(_ route: Route) -> String {
        let words = route.path.text.split(whereSeparator: { "/{}.".contains($0) }).filter { $0 != "v1" }
        return words.reduce(route.method.rawValue.lowercased()) { $0 + $1.prefix(1).uppercased() + $1.dropFirst() }
    }

    private static func parameters(_ route: Route, _ json: inout JSONWriter) {
        for name in route.path.parameters {
            json.object {
                $0.field("name", name)
                $0.field("in", "path")
                $0.field("required", true)
                $0.object("schema") { $0.field("type", "string") }
            }
        }
        for parameter in route.query {
            json.object {
                $0.field("name", parameter.name)
                $0.field("in", "query")
                if !parameter.note.isEmpty { $0.field("description", parameter.note) }
                $0.key("schema")
                parameter.write(schemaTo: &$0)
            }
        }
        for name in route.headers {
            json.object {
                $0.field("name", name)
                $0.field("in", "header")
                $0.object("schema") { $0.field("type", "string") }
            }
        }
    }

    private static func requestBody(_ body: Route.Body, _ json: inout JSONWriter) {
        let schema: JSONSchema
        switch body {
        case .none: return
        case .json(let expected, _, _), .jsonOrRows(let expected, _): schema = expected
        }
        json.object("requestBody") { json in
            json.field("required", true)
            json.object("content") { json in
                for type in body.mediaTypes {
                    json.key(named: type)
                    json.object { json in
                        json.key("schema")
                        if type == "application/json" {
                            schema.write(to: &json)
                        } else {
                            json.object { $0.field("type", "string") }
                        }
                    }
                }
            }
        }
    }

    private static func responses(_ route: Route, _ json: inout JSONWriter) {
        for status in Set(route.replies.map(\.status)).sorted() {
            let replies = route.replies.filter { $0.status == status }
            json.key(named: String(status))
            json.object {
                $0.field("description", replies.map(\.meaning).joined(separator: "; "))
                let types = replies.compactMap(\.contentType)
                guard !types.isEmpty else { return }
                $0.object("content") { json in
                    for type in types {
                        json.key(named: type)
                        json.object { json in
                            json.object("schema") {
                                $0.field("type", type == "application/json" ? "object" : "string")
                            }
                        }
                    }
                }
            }
        }
        let slugs = Set(route.problems + route.commonProblems)
        for status in Set(slugs.map(\.status)).sorted() {
            let named = slugs.filter { $0.status == status }.map(\.rawValue).sorted()
            json.key(named: String(status))
            json.object {
                $0.field("description", named.joined(separator: ", "))
                $0.object("content") {
                    $0.key(named: Problem.contentType)
                    $0.object { $0.object("schema") { $0.field("$ref", "#/components/schemas/Problem") } }
                }
            }
        }
    }

    private static func components(_ json: inout JSONWriter) {
        json.object("securitySchemes") {
            $0.object("bearer") {
                $0.field("type", "http")
                $0.field("scheme", "bearer")
                $0.field("description", "ID.SECRET of a client, or op-NAME.SECRET of an operator")
            }
        }
        json.object("schemas") {
            $0.object("Problem") { problemSchema(&$0) }
        }
    }

    private static func problemSchema(_ json: inout JSONWriter) {
        json.field("type", "object")
        json.strings("required", ["type", "title", "status", "detail"])
        json.object("properties") { json in
            json.object("type") {
                $0.field("type", "string")
                $0.strings("enum", Problem.Slug.allCases.map { Problem.typePrefix + $0.rawValue })
            }
            for name in ["title", "detail", "field"] {
                json.key(named: name)
                json.object { $0.field("type", "string") }
            }
            for name in ["status", "retryAfterSeconds"] {
                json.key(named: name)
                json.object { $0.field("type", "integer") }
            }
            json.object("outcome") {
                $0.field("type", "string")
                $0.strings("enum", [Problem.Outcome.notApplied.rawValue, Problem.Outcome.unknown.rawValue])
            }
        }
    }
}

extension Route {
    /// What any call of this kind may be answered.
    fileprivate var commonProblems: [Problem.Slug] {
        var slugs: [Problem.Slug] = [.invalidRequest, .headersTooLarge, .requestTimeout, .internalError]
        if case .token = access { slugs += [.unauthenticated, .rateLimited, .unavailable, .timeout] }
        if method != .get { slugs += [.tooLarge, .unsupportedMediaType, .invalidFields] }
        return slugs
    }
}
