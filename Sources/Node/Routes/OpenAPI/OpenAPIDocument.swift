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
            $0.object("components") { components(of: routes, &$0) }
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
                if route.mayReadStale { $0.object("headers") { staleness(&$0) } }
                $0.object("content") { json in
                    for reply in replies {
                        guard let type = reply.contentType else { continue }
                        json.key(named: type)
                        json.object { json in
                            json.key("schema")
                            schema(of: reply, &json)
                        }
                    }
                }
            }
        }
        problems(of: route, &json)
    }

    private static func staleness(_ json: inout JSONWriter) {
        json.object("X-Dmcheck-Staleness-Seconds") {
            $0.field(
                "description",
                "With consistency=stale: whatever was acknowledged so many seconds before the call came is in the answer"
            )
            $0.object("schema") {
                $0.field("type", "integer")
                $0.field("minimum", 0)
            }
        }
    }

    private static func schema(of reply: Route.Reply, _ json: inout JSONWriter) {
        if let shape = reply.shape { return shape.writeReference(to: &json) }
        json.object { $0.field("type", reply.contentType == "application/json" ? "object" : "string") }
    }

    private static func problems(of route: Route, _ json: inout JSONWriter) {
        let slugs = Set(route.problems + route.commonProblems)
        for status in Set(slugs.map(\.status)).sorted() {
            let named = slugs.filter { $0.status == status }.map(\.rawValue).sorted()
            json.key(named: String(status))
            json.object {
                $0.field("description", named.joined(separator: ", "))
                $0.object("content") {
                    $0.key(named: Problem.contentType)
                    $0.object { json in
                        json.key("schema")
                        AnswerShape.problem.writeReference(to: &json)
                    }
                }
            }
        }
    }

    private static func components(of routes: [Route], _ json: inout JSONWriter) {
        json.object("securitySchemes") {
            $0.object("bearer") {
                $0.field("type", "http")
                $0.field("scheme", "bearer")
                $0.field("description", "ID.SECRET of a client, or op-NAME.SECRET of an operator")
            }
        }
        var shapes: [String: AnswerShape] = [:]
        AnswerShape.problem.collect(into: &shapes)
        for shape in routes.flatMap(\.replies).compactMap(\.shape) { shape.collect(into: &shapes) }
        json.object("schemas") { json in
            for shape in shapes.values.sorted(by: { $0.name < $1.name }) {
                json.key(named: shape.name)
                shape.write(to: &json)
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
