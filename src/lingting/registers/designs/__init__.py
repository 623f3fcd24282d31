"""Design and development (设计和开发): how a new service is planned, fed, tried out, launched and changed."""
