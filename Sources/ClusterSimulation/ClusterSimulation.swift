// ClusterSimulation
