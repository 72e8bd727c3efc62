"use strict";
// Starts Swagger UI on our own description; a file, because the policy allows no inline script.
window.SwaggerUIBundle({
  url: "/api/v1/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
