import HTTPTypes

/// All routes of a node.
package struct RouteTable: Sendable {
    package let routes: [Route]
    /// Positions of routes by the number of segments of their paths.
    private let byLength: [Int: [Int]]

    package init(_ routes: [Route]) {
        self.routes = routes
        byLength = Dictionary(grouping: routes.indices) { routes[$0].path.segments.count }
    }

    package enum Match: Sendable {
        /// Position of the route, and the values of its parameters in order.
        case route(Int, [String])
        case wrongMethod(allow: [String])
        case unknown
    }

    /// Looks a call up; `HEAD` finds the route of `GET`.
    package func match(_ method: HTTPRequest.Method, _ path: [String]) -> Match {
        let wanted = method == .head ? HTTPRequest.Method.get : method
        var allow: [String] = []
        for position in byLength[path.count] ?? [] {
            guard let values = routes[position].path.match(path) else { continue }
            if routes[position].method == wanted { return .route(position, values) }
            allow.append(routes[position].method.rawValue)
            if routes[position].method == .get { allow.append("HEAD") }
        }
        return allow.isEmpty ? .unknown : .wrongMethod(allow: allow)
    }
}
